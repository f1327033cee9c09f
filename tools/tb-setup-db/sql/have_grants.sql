--: title who holds what on the objects of one class
-- Goes behind WITH object AS (the query of the class).  $1 schemas, $2 names
-- of grantees ('' is PUBLIC), $3 the kind of acldefault().  6171 is
-- pg_database_owner (14), whose one member is the owner of the database.  What
-- belongs to an extension keeps the privileges that its script gave.
SELECT o.object,
       o.schema,
       r.rolname AS owner,
       g.name AS grantee,
       (SELECT pg_catalog.string_agg(a.privilege_type, ' ')
          FROM pg_catalog.aclexplode(coalesce(o.acl,
                   pg_catalog.acldefault($3::text::"char", o.owner))) AS a
         WHERE a.grantee = g.oid
            OR (a.grantee = 6171 AND g.oid = d.datdba)) AS held,
       pg_catalog.pg_has_role(o.owner, 'USAGE') AS may_grant
  FROM (SELECT w.name,
               CASE w.name WHEN '' THEN 0 ELSE u.oid END AS oid
          FROM pg_catalog.unnest($2::text[]) AS w(name)
          LEFT JOIN pg_catalog.pg_roles AS u ON u.rolname = w.name) AS g,
       object AS o
  JOIN pg_catalog.pg_roles AS r ON r.oid = o.owner
  JOIN pg_catalog.pg_database AS d
    ON d.datname = pg_catalog.current_database()
 WHERE (o.schema IS NULL OR o.schema = ANY ($1::text[]))
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = o.classid
          AND e.objid = o.objid
          AND e.deptype = 'e')
 ORDER BY o.object COLLATE "C", g.name COLLATE "C"
