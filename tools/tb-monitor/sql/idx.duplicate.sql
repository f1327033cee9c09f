--: title Duplicate indexes
--: warning 0
--: scope database
--: tier 3
--: hint Drop the first of each line, with DROP INDEX CONCURRENTLY; every write to the table pays for it and no query needs it.
--: explain Indexes that another one of the same table makes needless: the same
--: explain columns in the same order and with the same operator classes, collations,
--: explain directions and condition.  The other one is unique if this one is, or it
--: explain belongs to a primary key or a unique constraint.  Of two that are equal
--: explain the younger one is named.  Indexes that carry a constraint, a foreign
--: explain key or a replica identity are never named.
-- Expressions are compared as the catalogue stores them, but for the places in
-- the source text: pg_get_expr() would wait for the lock of the table.
-- to_jsonb() finds a column that servers before 15 do not have.
WITH idx AS (
    SELECT i.indexrelid, i.indrelid, i.indisunique, i.indimmediate,
           i.indnkeyatts, n.nspname, c.relname, t.relname AS tablename,
           c.relpages::int8
               * pg_catalog.current_setting('block_size')::int8 AS bytes,
           c.relam,
           pg_catalog.concat_ws(' ', i.indclass, '/', i.indcollation, '/',
               i.indoption) AS how,
           (pg_catalog.string_to_array(i.indkey::text, ' '))
               [1:i.indnkeyatts] AS keys,
           (pg_catalog.string_to_array(i.indkey::text, ' '))
               [i.indnkeyatts + 1:] AS included,
           pg_catalog.regexp_replace(pg_catalog.concat_ws(' / ',
                   COALESCE(i.indexprs::text, '-'),
                   COALESCE(i.indpred::text, '-')),
               ':location -?[0-9]+', '', 'g') AS expressions,
           CASE WHEN i.indisunique
                THEN COALESCE(pg_catalog.to_jsonb(i)
                         ->> 'indnullsnotdistinct', 'false')
           END AS nulls,
           EXISTS (SELECT
                 FROM pg_catalog.pg_constraint AS k
                WHERE k.conindid = i.indexrelid) AS carries
      FROM pg_catalog.pg_index AS i
      JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE i.indisvalid
       AND i.indislive
       AND NOT c.relispartition
       AND n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')
       AND NOT i.indisreplident
       AND c.relpersistence <> 't'
), pair AS (
    SELECT DISTINCT ON (a.indexrelid) a.nspname, a.relname, a.tablename,
           a.bytes, b.relname AS other
      FROM idx AS a
      JOIN idx AS b
        ON b.indrelid = a.indrelid
       AND b.indexrelid <> a.indexrelid
       AND b.relam = a.relam
       AND b.keys = a.keys
       AND b.how = a.how
       AND b.expressions = a.expressions
       AND b.included @> a.included
     WHERE NOT a.carries
       AND (NOT a.indisunique
            OR b.indisunique AND b.nulls = a.nulls
               AND (b.indimmediate OR NOT a.indimmediate))
       -- If the other one is needless for the same reason, one must stay.
       AND (b.carries
            OR b.indisunique AND NOT a.indisunique
            OR NOT b.included <@ a.included
            OR b.indexrelid < a.indexrelid)
     ORDER BY a.indexrelid, b.carries DESC, b.indisunique DESC, b.indexrelid
)
SELECT pg_catalog.count(*)::numeric AS value,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.format('%s needless, %s in all',
                     pg_catalog.count(*), pg_catalog.pg_size_pretty(
                         pg_catalog.sum(pair.bytes)))
       END AS message,
       pg_catalog.array_agg(
           pg_catalog.format('%I.%I (%s) beside %I on %I', pair.nspname,
               pair.relname, pg_catalog.pg_size_pretty(pair.bytes),
               pair.other, pair.tablename)
           ORDER BY pair.bytes DESC, pair.nspname COLLATE "C",
               pair.relname COLLATE "C") AS objects
  FROM pair
