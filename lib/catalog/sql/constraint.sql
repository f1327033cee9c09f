--: title constraint
--: class constraint
--: order 60
-- definition is what follows the name in ADD CONSTRAINT, without NOT VALID,
-- which is the attribute validated (NULL of a constraint not enforced).
-- options, tablespace, valid, clustered and replica_identity are those of the
-- index behind a key; in the definition they are not.
--
-- The kinds are listed by name: 18 has rows for NOT NULL as well, which is
-- told by the column, and each constraint trigger has one.  A partition's
-- copy of its parent's constraint is not a fact; a CHECK that came with a
-- parent has the origin "inherited".
--
-- triggers is the state of those that see to a foreign key or a deferrable
-- key, NULL while all are on: DISABLE TRIGGER ALL turns them off as well, and
-- the constraint is none any more.
--
-- A server before 18 has no conenforced: the name then means the outer
-- query's.
SELECT 'pg_catalog.pg_constraint'::regclass::oid AS classid,
       k.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I.%I', n.nspname, c.relname, k.conname)
           AS identity,
       pg_catalog.format('%s %I.%I',
           CASE c.relkind WHEN 'f' THEN 'foreign-table' ELSE 'table' END,
           n.nspname, c.relname) AS parent,
       CASE WHEN k.enforced AND NOT k.convalidated
           THEN pg_catalog.regexp_replace(
               pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', '')
           ELSE pg_catalog.pg_get_constraintdef(k.oid)
       END AS definition,
       CASE k.contype
           WHEN 'p' THEN 'primary key'
           WHEN 'u' THEN 'unique'
           WHEN 'f' THEN 'foreign key'
           WHEN 'c' THEN 'check'
           WHEN 'x' THEN 'exclude'
       END AS kind,
       k.condeferrable::text AS deferrable,
       k.condeferred::text AS deferred,
       CASE WHEN k.enforced THEN k.convalidated::text END AS validated,
       k.enforced::text AS enforced,
       CASE WHEN k.contype = 'c' THEN k.connoinherit::text END AS no_inherit,
       CASE
           WHEN k.coninhcount = 0 THEN 'local'
           WHEN k.conislocal THEN 'both'
           ELSE 'inherited'
       END AS origin,
       CASE WHEN ic.reloptions IS NOT NULL THEN
           (SELECT pg_catalog.string_agg(
                       pg_catalog.quote_ident(
                           pg_catalog.split_part(o.opt, '=', 1)) || '='
                       || pg_catalog.quote_literal(pg_catalog.substr(o.opt,
                           pg_catalog.strpos(o.opt, '=') + 1)),
                       ', ' ORDER BY o.opt COLLATE "C")
              FROM pg_catalog.unnest(ic.reloptions) AS o(opt)
             WHERE o.opt !~ '^pg_')
       END AS options,
       ts.spcname::text AS tablespace,
       (i.indisvalid AND i.indisready)::text AS valid,
       i.indisclustered::text AS clustered,
       i.indisreplident::text AS replica_identity,
       g.states AS triggers
  FROM (SELECT true AS conenforced) AS missing
 CROSS JOIN LATERAL (
       SELECT f.*, conenforced AS enforced
         FROM pg_catalog.pg_constraint AS f
        WHERE f.contype IN ('p', 'u', 'f', 'c', 'x')
          AND f.conparentid = 0) AS k
  JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_index AS i
    ON i.indexrelid = k.conindid
   AND k.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_catalog.pg_class AS ic ON ic.oid = i.indexrelid
  LEFT JOIN pg_catalog.pg_tablespace AS ts ON ts.oid = ic.reltablespace
  LEFT JOIN (
       SELECT t.tgconstraint,
              pg_catalog.string_agg(DISTINCT s.name || ' on '
                  || t.tgrelid::regclass, ', ' ORDER BY s.name || ' on '
                  || t.tgrelid::regclass) AS states
         FROM pg_catalog.pg_trigger AS t
         JOIN (VALUES ('D'::"char", 'disabled'), ('R', 'replica'),
                      ('A', 'always')) AS s(code, name)
           ON s.code = t.tgenabled
        WHERE t.tgisinternal
          AND t.tgenabled <> 'O'
        GROUP BY t.tgconstraint) AS g
    ON g.tgconstraint = k.oid
 WHERE c.relkind IN ('r', 'p', 'f')
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
