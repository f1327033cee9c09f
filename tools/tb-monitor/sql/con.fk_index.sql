--: title Foreign keys without an index
--: warning 0
--: scope database
--: tier 3
--: hint Give the columns an index with CREATE INDEX CONCURRENTLY, unless no row of the referenced table is ever deleted and no query joins that way.
--: explain Foreign keys whose own columns no index begins with: each DELETE or
--: explain change of key in the referenced table has to read the whole referencing
--: explain one.
-- An index with the condition that one of the columns IS NOT NULL will do as
-- well; the condition is read from the catalogue as it is stored, because
-- pg_get_expr() would wait for the lock of the table.
WITH fk AS (
    SELECT k.oid, k.conname, k.conrelid, k.conkey, n.nspname, t.relname,
           f.relname AS referenced
      FROM pg_catalog.pg_constraint AS k
      JOIN pg_catalog.pg_class AS t ON t.oid = k.conrelid
      JOIN pg_catalog.pg_class AS f ON f.oid = k.confrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
     WHERE k.contype = 'f'
       AND k.conparentid = 0
), idx AS (
    SELECT i.indrelid,
           (pg_catalog.string_to_array(i.indkey::text, ' ')::int2[])
               [1:i.indnkeyatts] AS keys,
           i.indpred IS NULL AS whole,
           pg_catalog.substring(i.indpred::text,
               '^\{NULLTEST :arg \{VAR [^{}]*:varattno ([0-9]+) [^{}]*\} '
               ':nulltesttype 1 ')::int2 AS not_null
      FROM pg_catalog.pg_index AS i
      JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
     WHERE i.indisvalid
       AND m.amname IN ('btree', 'hash')
), bare AS (
    SELECT fk.*
      FROM fk
     WHERE NOT EXISTS (SELECT
             FROM idx
            WHERE idx.indrelid = fk.conrelid
              AND idx.keys[1:pg_catalog.cardinality(fk.conkey)] @> fk.conkey
              AND (idx.whole OR idx.not_null = ANY (fk.conkey)))
), line AS (
    SELECT pg_catalog.format('%I.%I (%s), constraint %I to %I', bare.nspname,
               bare.relname,
               (SELECT pg_catalog.string_agg(
                           pg_catalog.quote_ident(a.attname), ', '
                           ORDER BY col.nth)
                  FROM pg_catalog.unnest(bare.conkey)
                       WITH ORDINALITY AS col (attnum, nth)
                  JOIN pg_catalog.pg_attribute AS a
                    ON a.attrelid = bare.conrelid AND a.attnum = col.attnum),
               bare.conname, bare.referenced) AS text
      FROM bare
)
SELECT pg_catalog.count(*)::numeric AS value,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.format('%s without', pg_catalog.count(*))
       END AS message,
       pg_catalog.array_agg(line.text ORDER BY line.text COLLATE "C")
           AS objects
  FROM line
