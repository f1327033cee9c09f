--: title policy
--: class policy
--: order 75
--: compare attributes
-- definition is the whole CREATE POLICY, all of it said by the attributes too.
SELECT 'pg_catalog.pg_policy'::regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I.%I', n.nspname, c.relname, p.polname)
           AS identity,
       pg_catalog.format('table %I.%I', n.nspname, c.relname) AS parent,
       pg_catalog.format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s',
           p.polname, n.nspname, c.relname,
           pg_catalog.upper(v.permissive), pg_catalog.upper(v.command),
           v.roles)
       || COALESCE(' USING (' || v.using || ')', '')
       || COALESCE(' WITH CHECK (' || v.check || ')', '') AS definition,
       v.command,
       v.permissive,
       v.roles,
       v.using,
       v.check
  FROM pg_catalog.pg_policy AS p
  JOIN pg_catalog.pg_class AS c ON c.oid = p.polrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (
       SELECT CASE p.polcmd
                  WHEN 'r' THEN 'select'
                  WHEN 'a' THEN 'insert'
                  WHEN 'w' THEN 'update'
                  WHEN 'd' THEN 'delete'
                  WHEN '*' THEN 'all'
              END AS command,
              CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive'
              END AS permissive,
              (SELECT pg_catalog.string_agg(
                          COALESCE(pg_catalog.quote_ident(r.rolname),
                              'PUBLIC'),
                          ', ' ORDER BY r.rolname COLLATE "C")
                 FROM pg_catalog.unnest(p.polroles) AS o(role)
                 LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = o.role)
                  AS roles,
              pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using,
              pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS check
       ) AS v
 WHERE c.relkind IN ('r', 'p')
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
