--: title what depends on what
--: kind edges
-- pg_depend between user objects, where each object that is no fact is
-- replaced by the fact that it belongs to.  "step" lists such objects and
-- their owners; it is followed three times, as far as from an array type by
-- its row type and its table to an extension.  A NULL subid keeps the number
-- of the column, an owner of NULL ends in nothing.
--
-- A server before 14 has no rngmultitypid: the name then means the outer
-- query's.
WITH member AS (
    -- First comes first: a member of an extension is nothing else.
    SELECT 1 AS rank,
           d.classid,
           d.objid,
           d.refclassid AS ownerclass,
           d.refobjid AS owner,
           0 AS subid,
           false AS whole
      FROM pg_catalog.pg_depend AS d
     WHERE d.deptype = 'e'
    UNION ALL
    -- What is temporary, or for values too long, is not looked at.
    SELECT 2, 'pg_catalog.pg_class'::regclass, c.oid, 0, NULL, 0, false
      FROM pg_catalog.pg_class AS c
     WHERE c.relpersistence = 't'
        OR c.relnamespace = 'pg_toast'::regnamespace
    UNION ALL
    -- Row type to relation; of a composite type it is the other way about.
    SELECT 3, 'pg_catalog.pg_type'::regclass, c.reltype,
           'pg_catalog.pg_class'::regclass, c.oid, 0, false
      FROM pg_catalog.pg_class AS c
     WHERE c.oid >= 16384
       AND c.reltype <> 0
       AND c.relkind <> 'c'
    UNION ALL
    SELECT 3, 'pg_catalog.pg_class'::regclass, c.oid,
           'pg_catalog.pg_type'::regclass, c.reltype, 0, true
      FROM pg_catalog.pg_class AS c
     WHERE c.oid >= 16384
       AND c.relkind = 'c'
    UNION ALL
    -- Array to element, multirange to range, a range's constructors to it.
    SELECT 3, 'pg_catalog.pg_type'::regclass, t.typarray,
           'pg_catalog.pg_type'::regclass, t.oid, 0, false
      FROM pg_catalog.pg_type AS t
     WHERE t.oid >= 16384
       AND t.typarray <> 0
    UNION ALL
    SELECT 3, 'pg_catalog.pg_type'::regclass, r.multirange,
           'pg_catalog.pg_type'::regclass, r.rngtypid, 0, false
      FROM (SELECT 0::oid AS rngmultitypid) AS missing
     CROSS JOIN LATERAL (
           SELECT f.rngtypid, rngmultitypid AS multirange
             FROM pg_catalog.pg_range AS f) AS r
     WHERE r.rngtypid >= 16384
       AND r.multirange <> 0
    UNION ALL
    SELECT 3, d.classid, d.objid, d.refclassid, d.refobjid, 0, false
      FROM pg_catalog.pg_depend AS d
     WHERE d.classid = 'pg_catalog.pg_proc'::regclass
       AND d.refclassid = 'pg_catalog.pg_type'::regclass
       AND d.deptype = 'i'
    UNION ALL
    -- A view's columns and its rule to the view.
    SELECT 3, 'pg_catalog.pg_class'::regclass, c.oid,
           'pg_catalog.pg_class'::regclass, c.oid, 0, false
      FROM pg_catalog.pg_class AS c
     WHERE c.oid >= 16384
       AND c.relkind IN ('v', 'm')
    UNION ALL
    SELECT 3, 'pg_catalog.pg_rewrite'::regclass, w.oid,
           'pg_catalog.pg_class'::regclass, w.ev_class, 0, false
      FROM pg_catalog.pg_rewrite AS w
     WHERE w.oid >= 16384
       AND w.rulename = '_RETURN'
    UNION ALL
    -- A partition's index to the one on top, a key's index to the key.
    SELECT 3, 'pg_catalog.pg_class'::regclass, c.oid,
           'pg_catalog.pg_class'::regclass,
           pg_catalog.pg_partition_root(c.oid), 0, false
      FROM pg_catalog.pg_class AS c
     WHERE c.relkind IN ('i', 'I')
       AND c.relispartition
    UNION ALL
    SELECT 3, 'pg_catalog.pg_class'::regclass, k.conindid,
           'pg_catalog.pg_constraint'::regclass, k.oid, 0, false
      FROM pg_catalog.pg_constraint AS k
     WHERE k.contype IN ('p', 'u', 'x')
       AND k.conparentid = 0
    UNION ALL
    -- A NOT NULL is its column's or domain's, the row of a constraint trigger
    -- the trigger's; a partition's copy is nothing.
    SELECT 3, 'pg_catalog.pg_constraint'::regclass, k.oid,
           CASE WHEN k.conrelid <> 0 THEN 'pg_catalog.pg_class'::regclass
               ELSE 'pg_catalog.pg_type'::regclass END,
           CASE WHEN k.conrelid <> 0 THEN k.conrelid ELSE k.contypid END,
           CASE WHEN k.conrelid <> 0 THEN k.conkey[1] ELSE 0 END, false
      FROM pg_catalog.pg_constraint AS k
     WHERE k.contype = 'n'
    UNION ALL
    SELECT 3, 'pg_catalog.pg_constraint'::regclass, t.tgconstraint,
           'pg_catalog.pg_trigger'::regclass, t.oid, 0, false
      FROM pg_catalog.pg_trigger AS t
     WHERE NOT t.tgisinternal
       AND t.tgconstraint <> 0
    UNION ALL
    SELECT 3, 'pg_catalog.pg_constraint'::regclass, k.oid, 0, NULL, 0, false
      FROM pg_catalog.pg_constraint AS k
     WHERE k.conparentid <> 0
    UNION ALL
    SELECT 3, 'pg_catalog.pg_trigger'::regclass, t.oid, 0, NULL, 0, false
      FROM pg_catalog.pg_trigger AS t
     WHERE t.tgisinternal
        OR t.tgparentid <> 0
    UNION ALL
    -- What an operator class consists of is the class's.
    SELECT 3, d.classid, d.objid, d.refclassid, d.refobjid, 0, false
      FROM pg_catalog.pg_depend AS d
     WHERE d.classid IN ('pg_catalog.pg_amop'::regclass,
                         'pg_catalog.pg_amproc'::regclass)
       AND d.refclassid = 'pg_catalog.pg_opclass'::regclass
    UNION ALL
    -- An identity's sequence and a generated column's expression are the
    -- column's.
    SELECT 3, d.classid, d.objid, d.refclassid, d.refobjid, d.refobjsubid,
           false
      FROM pg_catalog.pg_depend AS d
      JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = d.objid
     WHERE d.classid = 'pg_catalog.pg_class'::regclass
       AND d.refclassid = 'pg_catalog.pg_class'::regclass
       AND d.deptype = 'i'
    UNION ALL
    SELECT 3, 'pg_catalog.pg_attrdef'::regclass, d.oid,
           'pg_catalog.pg_class'::regclass, d.adrelid, d.adnum, false
      FROM pg_catalog.pg_attrdef AS d
      JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = d.adrelid
       AND a.attnum = d.adnum
     WHERE a.attgenerated <> ''
), step AS MATERIALIZED (
    SELECT DISTINCT ON (m.classid, m.objid) m.*
      FROM member AS m
     ORDER BY m.classid, m.objid, m.rank
), fact AS MATERIALIZED (
    SELECT a.classid,
           a.objid,
           a.whole,
           CASE
               WHEN c.objid IS NOT NULL THEN c.ownerclass
               WHEN b.objid IS NOT NULL THEN b.ownerclass
               ELSE a.ownerclass
           END AS ownerclass,
           CASE
               WHEN c.objid IS NOT NULL THEN c.owner
               WHEN b.objid IS NOT NULL THEN b.owner
               ELSE a.owner
           END AS owner,
           CASE
               WHEN c.objid IS NOT NULL THEN c.subid
               WHEN b.objid IS NOT NULL THEN b.subid
               ELSE a.subid
           END AS subid
      FROM step AS a
      LEFT JOIN step AS b
        ON b.classid = a.ownerclass
       AND b.objid = a.owner
      LEFT JOIN step AS c
        ON c.classid = b.ownerclass
       AND c.objid = b.owner
), edge AS (
    SELECT CASE
               WHEN h.inhrelid IS NOT NULL
                   THEN 'pg_catalog.pg_inherits'::regclass
               WHEN f.objid IS NOT NULL THEN f.ownerclass
               ELSE d.classid
           END AS classid,
           CASE WHEN f.objid IS NOT NULL THEN f.owner ELSE d.objid
           END AS objid,
           CASE
               WHEN h.inhrelid IS NOT NULL THEN h.inhseqno
               WHEN f.objid IS NOT NULL THEN f.subid
               ELSE d.objsubid
           END AS objsubid,
           CASE WHEN r.objid IS NOT NULL THEN r.ownerclass ELSE d.refclassid
           END AS refclassid,
           CASE WHEN r.objid IS NOT NULL THEN r.owner ELSE d.refobjid
           END AS refobjid,
           CASE WHEN r.objid IS NOT NULL THEN r.subid ELSE d.refobjsubid
           END AS refobjsubid,
           d.deptype::text AS deptype
      FROM pg_catalog.pg_depend AS d
      LEFT JOIN fact AS f
        ON f.classid = d.classid
       AND f.objid = d.objid
       AND (d.objsubid = 0 OR NOT f.whole)
      LEFT JOIN fact AS r
        ON r.classid = d.refclassid
       AND r.objid = d.refobjid
       AND (d.refobjsubid = 0 OR NOT r.whole)
      -- A table depends on its parents for what makes them parents.
      LEFT JOIN pg_catalog.pg_inherits AS h
        ON h.inhrelid = d.objid
       AND h.inhparent = d.refobjid
       AND f.objid IS NULL
       AND d.classid = 'pg_catalog.pg_class'::regclass
       AND d.refclassid = 'pg_catalog.pg_class'::regclass
       AND d.objsubid = 0
       AND d.refobjsubid = 0
     WHERE d.deptype IN ('n', 'a', 'i', 'e', 'x', 'P', 'S')
       -- Not the configuration needs the dictionary, but a mapping: below.
       AND NOT (d.classid = 'pg_catalog.pg_ts_config'::regclass
                AND d.refclassid = 'pg_catalog.pg_ts_dict'::regclass)
       -- The index on top needs nothing of a partition: that can go.
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_class AS p
            WHERE d.classid = 'pg_catalog.pg_class'::regclass
              AND p.oid = d.objid
              AND p.relispartition
              AND p.relkind IN ('i', 'I'))
       AND d.objid >= 16384
       AND (d.refobjid >= 16384
            OR (d.refclassid = 'pg_catalog.pg_namespace'::regclass
                AND d.refobjid = pg_catalog.to_regnamespace('public')))
    UNION ALL
    -- pg_depend does not know it: a default given to a parent's column goes to
    -- the children as well, whose own has to be given after it.
    SELECT 'pg_catalog.pg_attrdef'::regclass, cd.oid, 0,
           'pg_catalog.pg_attrdef'::regclass, pd.oid, 0, 'n'
      FROM pg_catalog.pg_inherits AS i
      JOIN pg_catalog.pg_attribute AS ca ON ca.attrelid = i.inhrelid
      JOIN pg_catalog.pg_attribute AS pa
        ON pa.attrelid = i.inhparent
       AND pa.attname = ca.attname
      JOIN pg_catalog.pg_attrdef AS cd
        ON cd.adrelid = ca.attrelid
       AND cd.adnum = ca.attnum
      JOIN pg_catalog.pg_attrdef AS pd
        ON pd.adrelid = pa.attrelid
       AND pd.adnum = pa.attnum
     WHERE ca.attinhcount > 0
       AND ca.attgenerated = ''
       AND pa.attgenerated = ''
    UNION ALL
    SELECT 'pg_catalog.pg_ts_config_map'::regclass, m.mapcfg, m.maptokentype,
           'pg_catalog.pg_ts_dict'::regclass, m.mapdict, 0, 'n'
      FROM pg_catalog.pg_ts_config_map AS m
     WHERE m.mapcfg >= 16384
), fact_class AS (
    -- Where facts have their addresses; there is no pg_publication_namespace
    -- before 15.
    SELECT pg_catalog.to_regclass('pg_catalog.' || k.name)::oid AS classid
      FROM (VALUES
           ('pg_namespace'), ('pg_extension'), ('pg_class'), ('pg_type'),
           ('pg_proc'), ('pg_attrdef'), ('pg_constraint'), ('pg_inherits'),
           ('pg_statistic_ext'), ('pg_rewrite'), ('pg_trigger'),
           ('pg_policy'), ('pg_event_trigger'), ('pg_collation'),
           ('pg_am'), ('pg_language'), ('pg_cast'), ('pg_transform'),
           ('pg_conversion'), ('pg_operator'), ('pg_opfamily'),
           ('pg_opclass'), ('pg_amop'), ('pg_amproc'), ('pg_ts_parser'),
           ('pg_ts_template'), ('pg_ts_dict'), ('pg_ts_config'),
           ('pg_ts_config_map'), ('pg_foreign_data_wrapper'),
           ('pg_foreign_server'), ('pg_user_mapping'), ('pg_publication'),
           ('pg_publication_rel'), ('pg_publication_namespace'),
           ('pg_subscription')) AS k(name)
)
SELECT DISTINCT
       e.classid,
       e.objid,
       e.objsubid,
       e.refclassid,
       e.refobjid,
       e.refobjsubid,
       e.deptype
  FROM edge AS e
 WHERE (e.classid, e.objid, e.objsubid)
       <> (e.refclassid, e.refobjid, e.refobjsubid)
   AND e.classid IN (SELECT k.classid FROM fact_class AS k)
   AND e.refclassid IN (SELECT k.classid FROM fact_class AS k)
