--: title what transactions since then have touched
--: kind quick-touched
-- $1 is the first transaction that counts, $2 the catalogues that differ, as
-- quick.sql calls them.  The row of an object bears the transaction that wrote
-- it; what was dropped has none.  When that was, the server knows only where
-- it keeps the times of commits.
WITH since(distance) AS (
    SELECT pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())
               ::pg_catalog.text::pg_catalog.int8 - $1::pg_catalog.int8
), entry(part, classid, objid, objsubid, xid) AS (
    SELECT 'relation', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_class AS o
     WHERE o.relkind NOT IN ('i', 'I', 't')
    UNION ALL
    SELECT 'column', 'pg_catalog.pg_class'::regclass, o.attrelid,
           o.attnum::int4, o.xmin
      FROM pg_catalog.pg_attribute AS o
      JOIN pg_catalog.pg_class AS c
        ON c.oid = o.attrelid
       AND c.relkind NOT IN ('i', 'I', 't')
     WHERE o.attnum > 0
       AND NOT o.attisdropped
    UNION ALL
    SELECT 'default', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_attrdef AS o
    UNION ALL
    SELECT 'constraint', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_constraint AS o
    UNION ALL
    SELECT 'index', 'pg_catalog.pg_class'::regclass, o.indexrelid, 0, o.xmin
      FROM pg_catalog.pg_index AS o
    UNION ALL
    SELECT 'sequence', 'pg_catalog.pg_class'::regclass, o.seqrelid, 0, o.xmin
      FROM pg_catalog.pg_sequence AS o
    UNION ALL
    SELECT 'rule', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_rewrite AS o
    UNION ALL
    SELECT 'trigger', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_trigger AS o
     WHERE NOT o.tgisinternal
    UNION ALL
    SELECT 'policy', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_policy AS o
    UNION ALL
    SELECT 'statistics', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_statistic_ext AS o
    UNION ALL
    SELECT 'type', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_type AS o
      LEFT JOIN pg_catalog.pg_class AS c ON c.oid = o.typrelid
     WHERE o.typtype IN ('b', 'd', 'e', 'r', 'c')
       AND (c.relkind IS NULL OR c.relkind = 'c')
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_type AS e
            WHERE e.typarray = o.oid)
    UNION ALL
    SELECT 'type', 'pg_catalog.pg_type'::regclass, o.enumtypid, 0, o.xmin
      FROM pg_catalog.pg_enum AS o
    UNION ALL
    SELECT 'function', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_proc AS o
    UNION ALL
    SELECT 'schema', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_namespace AS o
     WHERE o.nspname !~ '^pg_'
    UNION ALL
    SELECT 'extension', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_extension AS o
    UNION ALL
    SELECT 'event trigger', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_event_trigger AS o
    UNION ALL
    SELECT 'default privileges', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_default_acl AS o
    UNION ALL
    SELECT 'foreign data', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_foreign_server AS o
    UNION ALL
    SELECT 'publication', o.tableoid, o.oid, 0, o.xmin
      FROM pg_catalog.pg_publication AS o
    UNION ALL
    SELECT 'comment', o.classoid, o.objoid, o.objsubid, o.xmin
      FROM pg_catalog.pg_description AS o
     WHERE o.objoid >= 16384
), touched AS (
    SELECT e.classid, e.objid, e.objsubid,
           pg_catalog.min(pg_catalog.age(e.xid)) AS age,
           (pg_catalog.array_agg(e.xid ORDER BY pg_catalog.age(e.xid)))[1]
               AS xid
      FROM entry AS e, since AS s
     WHERE pg_catalog.age(e.xid) <= s.distance
       AND e.part = ANY (pg_catalog.string_to_array($2::text, ','))
     GROUP BY e.classid, e.objid, e.objsubid
)
SELECT i.type,
       i.identity,
       CASE WHEN pg_catalog.current_setting('track_commit_timestamp') = 'on'
           THEN pg_catalog.to_char(
               pg_catalog.pg_xact_commit_timestamp(t.xid)
                   AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
       END AS at
  FROM touched AS t
 CROSS JOIN LATERAL pg_catalog.pg_identify_object(t.classid, t.objid,
           t.objsubid) AS i
 WHERE i.identity IS NOT NULL
   AND i.schema IS DISTINCT FROM 'tb'
   AND i.identity !~ '^tb\.'
   AND COALESCE(i.schema, '') !~ '^pg_(temp|toast)'
 ORDER BY t.age DESC, i.type COLLATE "C", i.identity COLLATE "C"
 LIMIT 100
