--: title Fullest sequence
--: unit %
--: warning 70
--: critical 90
--: scope database
--: tier 2
--: hint Change the column to bigint (that rewrites the table: plan it) and the sequence with ALTER SEQUENCE ... AS bigint.
--: explain How much of its numbers the fullest sequence has handed out.  The end is
--: explain that of the sequence or that of the column that it fills, whichever
--: explain comes first.  Sequences that cycle have no end.  One that this role may
--: explain not read is unknown, never empty.
-- pg_sequence_last_value() waits for locks: sequences that are locked against it
-- at the moment are told instead.
WITH busy AS (
    SELECT DISTINCT l.relation
      FROM pg_catalog.pg_locks AS l
      JOIN pg_catalog.pg_database AS d ON d.oid = l.database
     WHERE l.locktype = 'relation'
       AND d.datname = pg_catalog.current_database()
       AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
               'AccessExclusiveLock')
), filled AS (
    SELECT d.objid AS seqrelid, d.refobjid AS relid, d.refobjsubid AS attnum
      FROM pg_catalog.pg_depend AS d
     WHERE d.classid = 'pg_catalog.pg_class'::regclass
       AND d.refclassid = 'pg_catalog.pg_class'::regclass
       AND d.deptype IN ('a', 'i')
       AND d.refobjsubid > 0
    UNION
    SELECT d.refobjid, ad.adrelid, ad.adnum
      FROM pg_catalog.pg_depend AS d
      JOIN pg_catalog.pg_attrdef AS ad ON ad.oid = d.objid
     WHERE d.classid = 'pg_catalog.pg_attrdef'::regclass
       AND d.refclassid = 'pg_catalog.pg_class'::regclass
       AND d.refobjid <> ad.adrelid
), ending AS (
    SELECT DISTINCT ON (f.seqrelid) f.seqrelid, t.ends,
           pg_catalog.format('column %I.%I %s', c.relname, a.attname,
               pg_catalog.format_type(a.atttypid, NULL)) AS text
      FROM filled AS f
      JOIN pg_catalog.pg_class AS c ON c.oid = f.relid
      JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = f.relid AND a.attnum = f.attnum
      JOIN (VALUES ('int2'::regtype, 32767::numeric), ('int4', 2147483647),
                   ('int8', 9223372036854775807)) AS t (type, ends)
        ON t.type = a.atttypid
     ORDER BY f.seqrelid, t.ends, c.relname COLLATE "C", a.attnum
), seq AS (
    SELECT s.*, pg_catalog.quote_ident(n.nspname) AS schema,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
           pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE')
               AS readable,
           b.relation IS NOT NULL AS locked,
           e.text,
           CASE WHEN s.seqincrement > 0 THEN s.seqmin
                ELSE -s.seqmax END::numeric AS first,
           CASE WHEN s.seqincrement > 0
                THEN LEAST(s.seqmax, e.ends)
                ELSE -GREATEST(s.seqmin, -e.ends - 1) END::numeric AS last
      FROM pg_catalog.pg_sequence AS s
      JOIN pg_catalog.pg_class AS c ON c.oid = s.seqrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      LEFT JOIN ending AS e ON e.seqrelid = s.seqrelid
      LEFT JOIN busy AS b ON b.relation = s.seqrelid
     WHERE NOT s.seqcycle
       AND c.relpersistence <> 't'
       AND NOT (c.relpersistence = 'u' AND pg_catalog.pg_is_in_recovery())
), used AS MATERIALIZED (
    SELECT seq.*,
           CASE WHEN seq.readable AND NOT seq.locked
                THEN pg_catalog.pg_sequence_last_value(seq.seqrelid)
                     * pg_catalog.sign(seq.seqincrement::numeric)
           END AS at
      FROM seq
), share AS (
    SELECT used.schema, used.name, used.text, used.readable, used.locked,
           CASE WHEN used.at IS NULL THEN 0
                WHEN used.last <= used.first THEN 100
                ELSE LEAST(100, pg_catalog.round(
                    100 * (used.at - used.first + 1)
                    / (used.last - used.first + 1), 2))
           END AS percent
      FROM used
)
SELECT COALESCE(pg_catalog.max(share.percent), 0) AS value,
       NULL::text AS label,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.format('%s, the fullest of %s',
                     (pg_catalog.array_agg(share.name
                          ORDER BY share.percent DESC, share.name COLLATE "C")
                     )[1], pg_catalog.count(*))
       END AS message,
       (pg_catalog.array_agg(
           pg_catalog.concat_ws(', ', share.name, share.text,
               share.percent || ' % used')
           ORDER BY share.percent DESC, share.name COLLATE "C"))[1:10]
           AS objects,
       NULL::text AS unknown
  FROM share
 WHERE share.readable
   AND NOT share.locked
HAVING pg_catalog.count(*) > 0
    OR NOT EXISTS (SELECT FROM share AS any_other)
UNION ALL
SELECT NULL, CASE WHEN share.readable THEN 'locked' ELSE 'not readable' END,
       NULL,
       pg_catalog.array_agg(share.name ORDER BY share.name COLLATE "C"),
       CASE WHEN share.readable
            THEN pg_catalog.format('%s locked by another session',
                     pg_catalog.count(*))
            ELSE pg_catalog.format('cannot see %s of them: '
                     'GRANT SELECT ON ALL SEQUENCES IN SCHEMA %s TO %I',
                     pg_catalog.count(*), pg_catalog.string_agg(
                         DISTINCT share.schema, ', '), CURRENT_USER)
       END
  FROM share
 WHERE NOT share.readable
    OR share.locked
 GROUP BY share.readable
