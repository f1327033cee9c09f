--: title foreign server
--: class server
--: order 38
--: compare attributes
-- definition is the whole CREATE SERVER, all of it said by the attributes too,
-- but for secret options: those are told by name only.
SELECT 'pg_catalog.pg_foreign_server'::regclass::oid AS classid,
       s.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(s.srvname) AS identity,
       NULL::text AS parent,
       pg_catalog.concat_ws(' ',
           pg_catalog.format('CREATE SERVER %I', s.srvname),
           'TYPE ' || pg_catalog.quote_literal(s.srvtype),
           'VERSION ' || pg_catalog.quote_literal(s.srvversion),
           pg_catalog.format('FOREIGN DATA WRAPPER %I', w.fdwname),
           'OPTIONS (' || o.definition || ')') AS definition,
       pg_catalog.quote_ident(w.fdwname) AS wrapper,
       s.srvtype AS type,
       s.srvversion AS version,
       o.options,
       o.secrets
  FROM pg_catalog.pg_foreign_server AS s
  JOIN pg_catalog.pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
 CROSS JOIN LATERAL (
       SELECT pg_catalog.string_agg(pg_catalog.format('%I %L',
                  x.option_name, x.option_value), ', '
                  ORDER BY x.option_name COLLATE "C")
                  FILTER (WHERE NOT x.secret) AS definition,
              pg_catalog.string_agg(pg_catalog.format('%I=%L',
                  x.option_name, x.option_value), ', '
                  ORDER BY x.option_name COLLATE "C")
                  FILTER (WHERE NOT x.secret) AS options,
              pg_catalog.string_agg(pg_catalog.quote_ident(x.option_name),
                  ', ' ORDER BY x.option_name COLLATE "C")
                  FILTER (WHERE x.secret) AS secrets
         FROM (SELECT y.*,
                      y.option_name ~* '(passw(or)?d|passphrase|pwd|secret|'
                          'token|credentials?|(access|api|auth|client|private|'
                          'secret|scram.*)_?key)$'
                          AS secret
                 FROM pg_catalog.pg_options_to_table(s.srvoptions) AS y) AS x)
       AS o
 WHERE NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_foreign_server'::regclass
          AND e.objid = s.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
