--: title a hash of all that statements of DDL change, by catalogue
--: kind quick
-- One row: "name hash" lines, sorted.  It is asked twice of one database and
-- compared, so objects are told by oid, in what form does not matter, and
-- what is stored need not be understood.  Only what maintenance changes too is
-- left out: sizes, file numbers and ages (VACUUM, ANALYZE, TRUNCATE, CLUSTER),
-- the oids of indexes, which REINDEX CONCURRENTLY makes anew, and what a
-- rewrite forgets (attmissingval).  Where nothing of that kind is in a row the
-- whole row counts, so that columns of later versions do.
--
-- What initdb makes has oids below 16384: that is asked for, so that an index
-- leads past it.  Temporary objects are not seen, nor is schema tb, which
-- tb-migrate keeps.
-- The order of rows does not matter: hashes are added up.  Call it with an
-- empty search_path, for the names of functions in these rows.
--
-- Columns that came with 14 and 15: before, the names mean the outer query's.
WITH ns AS MATERIALIZED (
    SELECT n.oid
      FROM pg_catalog.pg_namespace AS n
     WHERE n.nspname !~ '^pg_'
       AND n.nspname NOT IN ('information_schema', 'tb')
), rel AS MATERIALIZED (
    SELECT c.*
      FROM pg_catalog.pg_class AS c
     WHERE c.oid >= 16384
       AND c.relnamespace IN (SELECT n.oid FROM ns AS n)
), typ AS MATERIALIZED (
    SELECT t.*
      FROM pg_catalog.pg_type AS t
      LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
     WHERE t.oid >= 16384
       AND t.typnamespace IN (SELECT n.oid FROM ns AS n)
       AND (c.relkind IS NULL OR c.relkind = 'c')
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_type AS e
            WHERE e.oid = t.typelem
              AND e.typarray = t.oid)
), row_text(catalogue, text) AS (
    SELECT 'relation', ROW(CASE WHEN c.relkind IN ('i', 'I') THEN 0
               ELSE c.oid END, c.relname, c.relnamespace, c.reloftype,
               c.relowner, c.relam, c.reltablespace, c.relpersistence,
               c.relkind, c.relrowsecurity, c.relforcerowsecurity,
               c.relreplident, c.relispartition, c.relacl, c.reloptions,
               c.relpartbound)::text
      FROM rel AS c
    UNION ALL
    SELECT 'relation', ROW(t.relname, t.reloptions)::text
      FROM rel AS c
      JOIN pg_catalog.pg_class AS t ON t.oid = c.reltoastrelid
     WHERE t.reloptions IS NOT NULL
    UNION ALL
    SELECT 'column', ROW(a.attrelid, a.attnum, a.attname, a.atttypid,
               a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,
               a.attislocal, a.attinhcount, a.attcollation, a.attstorage,
               a.compression, a.attstattarget, a.attacl, a.attoptions,
               a.attfdwoptions)::text
      FROM (SELECT NULL::"char" AS attcompression) AS missing
     CROSS JOIN LATERAL (
           SELECT f.*, attcompression AS compression
             FROM pg_catalog.pg_attribute AS f) AS a
      JOIN rel AS c ON c.oid = a.attrelid
     WHERE c.relkind NOT IN ('i', 'I')
       AND a.attrelid >= 16384
       AND a.attnum > 0
       AND NOT a.attisdropped
    UNION ALL
    SELECT 'default', d::text
      FROM pg_catalog.pg_attrdef AS d
      JOIN rel AS c ON c.oid = d.adrelid
    UNION ALL
    SELECT 'constraint', pg_catalog.replace(k::text,
               ',' || k.conindid::text || ',', ',,')
      FROM pg_catalog.pg_constraint AS k
     WHERE k.oid >= 16384
       AND k.connamespace IN (SELECT n.oid FROM ns AS n)
    UNION ALL
    SELECT 'index', ROW(c.relname, i.indrelid, i.indnatts, i.indnkeyatts,
               i.indisunique, i.nulls_not_distinct, i.indisprimary,
               i.indisexclusion, i.indimmediate, i.indisclustered,
               i.indisvalid, i.indisready, i.indislive, i.indisreplident,
               i.indkey, i.indcollation, i.indclass, i.indoption, i.indexprs,
               i.indpred,
               (SELECT pg_catalog.array_agg(
                           ROW(a.attnum, a.attstattarget, a.attoptions)
                           ORDER BY a.attnum)
                  FROM pg_catalog.pg_attribute AS a
                 WHERE a.attrelid = i.indexrelid
                   AND a.attstattarget >= 0))::text
      FROM (SELECT NULL::bool AS indnullsnotdistinct) AS missing
     CROSS JOIN LATERAL (
           SELECT f.*, indnullsnotdistinct AS nulls_not_distinct
             FROM pg_catalog.pg_index AS f) AS i
      JOIN rel AS c ON c.oid = i.indexrelid
     WHERE i.indexrelid >= 16384
    UNION ALL
    SELECT 'inheritance', h::text
      FROM pg_catalog.pg_inherits AS h
      JOIN rel AS c ON c.oid = h.inhrelid AND c.relkind <> 'i'
    UNION ALL
    SELECT 'inheritance', ROW(c.relname, c.relnamespace, p.relname)::text
      FROM pg_catalog.pg_inherits AS h
      JOIN rel AS c ON c.oid = h.inhrelid AND c.relkind = 'i'
      JOIN pg_catalog.pg_class AS p ON p.oid = h.inhparent
    UNION ALL
    SELECT 'partition key', p::text
      FROM pg_catalog.pg_partitioned_table AS p
      JOIN rel AS c ON c.oid = p.partrelid
    UNION ALL
    SELECT 'sequence', s::text
      FROM pg_catalog.pg_sequence AS s
      JOIN rel AS c ON c.oid = s.seqrelid
    UNION ALL
    -- Whose a sequence is stands nowhere else.
    SELECT 'sequence', d::text
      FROM rel AS c
      JOIN pg_catalog.pg_depend AS d
        ON d.classid = 'pg_catalog.pg_class'::regclass
       AND d.objid = c.oid
       AND d.deptype IN ('a', 'i')
     WHERE c.relkind = 'S'
    UNION ALL
    SELECT 'rule', r::text
      FROM pg_catalog.pg_rewrite AS r
      JOIN rel AS c ON c.oid = r.ev_class
     WHERE r.ev_class >= 16384
    UNION ALL
    -- The triggers of a foreign key: only whether they fire.
    SELECT 'trigger', ROW(g.tgrelid, g.tgname, g.tgenabled,
               CASE WHEN NOT g.tgisinternal THEN ROW(g.oid, g.tgfoid,
                   g.tgtype, g.tgdeferrable, g.tginitdeferred, g.tgnargs,
                   g.tgattr, pg_catalog.encode(g.tgargs, 'hex'), g.tgqual,
                   g.tgoldtable, g.tgnewtable) END)::text
      FROM pg_catalog.pg_trigger AS g
      JOIN rel AS c ON c.oid = g.tgrelid
    UNION ALL
    SELECT 'policy', p::text
      FROM pg_catalog.pg_policy AS p
      JOIN rel AS c ON c.oid = p.polrelid
    UNION ALL
    SELECT 'statistics', s::text
      FROM pg_catalog.pg_statistic_ext AS s
      JOIN rel AS c ON c.oid = s.stxrelid
    UNION ALL
    SELECT 'type', t::text
      FROM typ AS t
    UNION ALL
    SELECT 'type', e::text
      FROM pg_catalog.pg_enum AS e
      JOIN typ AS t ON t.oid = e.enumtypid
    UNION ALL
    SELECT 'type', r::text
      FROM pg_catalog.pg_range AS r
      JOIN typ AS t ON t.oid = r.rngtypid
    UNION ALL
    SELECT 'function', p::text
      FROM pg_catalog.pg_proc AS p
     WHERE p.oid >= 16384
       AND p.pronamespace IN (SELECT n.oid FROM ns AS n)
    UNION ALL
    SELECT 'function', a::text
      FROM pg_catalog.pg_aggregate AS a
     WHERE a.aggfnoid >= 16384
    UNION ALL
    SELECT 'schema', n::text
      FROM pg_catalog.pg_namespace AS n
     WHERE n.oid IN (SELECT o.oid FROM ns AS o)
    UNION ALL
    SELECT 'extension', x::text
      FROM pg_catalog.pg_extension AS x
    UNION ALL
    SELECT 'extension', ROW(d.classid, d.objid, d.refobjid)::text
      FROM pg_catalog.pg_depend AS d
     WHERE d.deptype IN ('e', 'x')
       AND d.refclassid = 'pg_catalog.pg_extension'::regclass
    UNION ALL
    SELECT 'event trigger', e::text
      FROM pg_catalog.pg_event_trigger AS e
     WHERE e.evtname NOT IN ('tb_watch', 'tb_watch_drop')
    UNION ALL
    SELECT 'language', l::text
      FROM pg_catalog.pg_language AS l
    UNION ALL
    SELECT 'access method', a::text
      FROM pg_catalog.pg_am AS a
     WHERE a.oid >= 16384
    UNION ALL
    SELECT 'operator', o::text
      FROM pg_catalog.pg_operator AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'operator', o::text
      FROM pg_catalog.pg_opfamily AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'operator', o::text
      FROM pg_catalog.pg_opclass AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'operator', o::text
      FROM pg_catalog.pg_amop AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'operator', o::text
      FROM pg_catalog.pg_amproc AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'cast', o::text
      FROM pg_catalog.pg_cast AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'cast', o::text
      FROM pg_catalog.pg_transform AS o
    UNION ALL
    SELECT 'collation', o::text
      FROM pg_catalog.pg_collation AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'conversion', o::text
      FROM pg_catalog.pg_conversion AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'text search', o::text
      FROM pg_catalog.pg_ts_config AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'text search', o::text
      FROM pg_catalog.pg_ts_config_map AS o
     WHERE o.mapcfg >= 16384
    UNION ALL
    SELECT 'text search', o::text
      FROM pg_catalog.pg_ts_dict AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'text search', o::text
      FROM pg_catalog.pg_ts_parser AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'text search', o::text
      FROM pg_catalog.pg_ts_template AS o
     WHERE o.oid >= 16384
    UNION ALL
    SELECT 'foreign data', o::text
      FROM pg_catalog.pg_foreign_data_wrapper AS o
    UNION ALL
    SELECT 'foreign data', o::text
      FROM pg_catalog.pg_foreign_server AS o
    UNION ALL
    SELECT 'foreign data', o::text
      FROM pg_catalog.pg_foreign_table AS o
    UNION ALL
    -- Its options are not for everyone's eyes.
    SELECT 'foreign data', ROW(m.umid, m.srvid, m.umuser)::text
      FROM pg_catalog.pg_user_mappings AS m
    UNION ALL
    SELECT 'publication', o::text
      FROM pg_catalog.pg_publication AS o
    UNION ALL
    SELECT 'publication', o::text
      FROM pg_catalog.pg_publication_rel AS o
    UNION ALL
    -- The schemas of a publication: 6237 is pg_publication_namespace, which
    -- came with 15.
    SELECT 'publication', ROW(d.objid, d.refclassid, d.refobjid)::text
      FROM pg_catalog.pg_depend AS d
     WHERE d.classid = 6237
    UNION ALL
    SELECT 'subscription', ROW(s.subname, s.subowner, s.subenabled,
               s.subslotname, s.subpublications)::text
      FROM pg_catalog.pg_subscription AS s
      JOIN pg_catalog.pg_database AS d
        ON d.oid = s.subdbid
       AND d.datname = pg_catalog.current_database()
    UNION ALL
    SELECT 'default privileges', a::text
      FROM pg_catalog.pg_default_acl AS a
    UNION ALL
    SELECT 'comment', ROW(COALESCE(c.relname::text, d.objoid::text),
               d.classoid, d.objsubid, d.description)::text
      FROM pg_catalog.pg_description AS d
      LEFT JOIN rel AS c
        ON c.oid = d.objoid
       AND c.relkind IN ('i', 'I')
     WHERE d.objoid >= 16384
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_class AS t
            WHERE t.oid = d.objoid
              AND t.relpersistence = 't')
    UNION ALL
    SELECT 'security label', l::text
      FROM pg_catalog.pg_seclabel AS l
    UNION ALL
    SELECT 'database', ROW(d.datdba, d.datacl, d.datconnlimit,
               d.datallowconn)::text
      FROM pg_catalog.pg_database AS d
     WHERE d.datname = pg_catalog.current_database()
    UNION ALL
    SELECT 'database', s::text
      FROM pg_catalog.pg_db_role_setting AS s
      JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase
     WHERE d.datname = pg_catalog.current_database()
)
SELECT pg_catalog.string_agg(h.catalogue || ' ' || h.hash, E'\n'
           ORDER BY h.catalogue COLLATE "C") AS parts
  FROM (SELECT t.catalogue,
               pg_catalog.sum(pg_catalog.hashtextextended(t.text, 0))
                   AS hash
          FROM row_text AS t
         GROUP BY t.catalogue) AS h
