--: title mapping of a text search configuration
--: class text-search-mapping
--: order 28
-- A fact for each kind of token that a configuration knows what to do with:
-- after the configuration, identity is the token's name; definition is the
-- dictionaries, as ALTER TEXT SEARCH CONFIGURATION ADD MAPPING FOR ... WITH
-- wants them.
--
-- The address (pg_ts_config_map, configuration, token) is no object's; the
-- query of edges uses it too.
SELECT 'pg_catalog.pg_ts_config_map'::regclass::oid AS classid,
       c.oid AS objid,
       m.maptokentype AS objsubid,
       pg_catalog.format('%I.%I %I', n.nspname, c.cfgname, t.alias)
           AS identity,
       pg_catalog.format('text-search-configuration %I.%I', n.nspname,
           c.cfgname) AS parent,
       pg_catalog.string_agg(pg_catalog.format('%I.%I', dn.nspname,
           d.dictname), ', ' ORDER BY m.mapseqno) AS definition
  FROM pg_catalog.pg_ts_config AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.cfgnamespace
  JOIN pg_catalog.pg_ts_config_map AS m ON m.mapcfg = c.oid
  JOIN pg_catalog.pg_ts_dict AS d ON d.oid = m.mapdict
  JOIN pg_catalog.pg_namespace AS dn ON dn.oid = d.dictnamespace
 CROSS JOIN LATERAL (
       SELECT k.alias
         FROM pg_catalog.ts_token_type(c.cfgparser) AS k
        WHERE k.tokid = m.maptokentype) AS t
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_ts_config'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
 GROUP BY c.oid, m.maptokentype, n.nspname, c.cfgname, t.alias
