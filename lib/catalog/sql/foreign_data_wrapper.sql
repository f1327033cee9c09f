--: title foreign-data wrapper
--: class foreign-data-wrapper
--: order 37
--: compare attributes
-- definition is the whole CREATE FOREIGN DATA WRAPPER, all of it said by the
-- attributes too, but for secret options: those are told by name only.
SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass::oid AS classid,
       w.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(w.fdwname) AS identity,
       NULL::text AS parent,
       pg_catalog.concat_ws(' ',
           pg_catalog.format('CREATE FOREIGN DATA WRAPPER %I', w.fdwname),
           'HANDLER ' || v.handler,
           'VALIDATOR ' || v.validator,
           'OPTIONS (' || o.definition || ')') AS definition,
       v.handler,
       v.validator,
       o.options,
       o.secrets
  FROM pg_catalog.pg_foreign_data_wrapper AS w
 CROSS JOIN LATERAL (
       SELECT NULLIF(w.fdwhandler, 0)::regproc::text AS handler,
              NULLIF(w.fdwvalidator, 0)::regproc::text AS validator) AS v
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
                 FROM pg_catalog.pg_options_to_table(w.fdwoptions) AS y) AS x)
       AS o
 WHERE w.oid >= 16384
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass
          AND e.objid = w.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
