--: title text search configuration
--: class text-search-configuration
--: order 27
--: compare attributes
-- definition is the whole CREATE TEXT SEARCH CONFIGURATION, said by the
-- attribute too.  Which dictionaries a token goes through are facts of their
-- own.
SELECT 'pg_catalog.pg_ts_config'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.cfgname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE TEXT SEARCH CONFIGURATION %I.%I '
           '(PARSER = %I.%I)', n.nspname, c.cfgname, pn.nspname, p.prsname)
           AS definition,
       pg_catalog.format('%I.%I', pn.nspname, p.prsname) AS parser
  FROM pg_catalog.pg_ts_config AS c
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.cfgnamespace
  JOIN pg_catalog.pg_ts_parser AS p ON p.oid = c.cfgparser
  JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.prsnamespace
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_ts_config'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
