--: title name of a NOT NULL
--: class not-null-name
--: order 56
--: since 180000
-- A fact for each NOT NULL that somebody gave a name to: identity is the column
-- or, after DOMAIN, the domain; definition is the name.  The names that the
-- server makes up, from those of table and column as they were then, all end
-- in the same way and are not facts; made is such a one.
--
-- No object has the address (pg_constraint, constraint, 1): the NOT NULL is its
-- column's.
SELECT 'pg_catalog.pg_constraint'::regclass::oid AS classid,
       k.oid AS objid,
       1 AS objsubid,
       pg_catalog.format('%I.%I.%I', n.nspname, c.relname, a.attname)
           AS identity,
       pg_catalog.format('column %I.%I.%I', n.nspname, c.relname, a.attname)
           AS parent,
       pg_catalog.quote_ident(k.conname) AS definition,
       'TABLE' AS kind,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS relation,
       a.attname::text AS column,
       pg_catalog.quote_ident(pg_catalog.format('%s_%s_not_null',
           pg_catalog.substr(c.relname::text, 1, 26),
           pg_catalog.substr(a.attname::text, 1, 26))) AS made
  FROM pg_catalog.pg_constraint AS k
  JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = k.conrelid
   AND a.attnum = k.conkey[1]
 WHERE k.contype = 'n'
   AND k.conislocal
   AND k.conname !~ '_not_null[0-9]*$'
   AND c.relkind IN ('r', 'p', 'f')
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
UNION ALL
SELECT 'pg_catalog.pg_constraint'::regclass,
       k.oid,
       1,
       pg_catalog.format('DOMAIN %I.%I', n.nspname, t.typname),
       pg_catalog.format('domain %I.%I', n.nspname, t.typname),
       pg_catalog.quote_ident(k.conname),
       'DOMAIN',
       pg_catalog.format('%I.%I', n.nspname, t.typname),
       NULL,
       pg_catalog.quote_ident(pg_catalog.substr(t.typname::text, 1, 53)
           || '_not_null')
  FROM pg_catalog.pg_constraint AS k
  JOIN pg_catalog.pg_type AS t ON t.oid = k.contypid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
 WHERE k.contype = 'n'
   AND k.conname !~ '_not_null[0-9]*$'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_type'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
