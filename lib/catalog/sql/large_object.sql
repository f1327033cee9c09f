--: title large object
--: class large-object
--: order 94
--: of database
--: compare attributes
-- Large objects are data; a fact is only what was declared of one: an owner
-- other than that of everything (see owner.sql, NULL), privileges, a comment,
-- security labels.  identity is the number.
WITH own AS (
    SELECT r.oid
      FROM pg_catalog.pg_roles AS r
     WHERE r.rolname = 'pg_database_owner'
        OR r.rolname = ANY (pg_catalog.string_to_array(
            pg_catalog.current_setting('tb.owners', true), E'\n'))
    UNION ALL
    SELECT d.datdba
      FROM pg_catalog.pg_database AS d
     WHERE d.datname = pg_catalog.current_database()
       AND COALESCE(pg_catalog.current_setting('tb.owners', true), '') = ''
)
SELECT 'pg_catalog.pg_largeobject'::regclass::oid AS classid,
       o.oid AS objid,
       0 AS objsubid,
       o.oid::text AS identity,
       NULL::text AS parent,
       NULL::text AS definition,
       v.owner,
       v.privileges,
       v.comment,
       v.security_labels
  FROM pg_catalog.pg_largeobject_metadata AS o
 CROSS JOIN LATERAL (
       SELECT CASE WHEN o.lomowner <> ALL (ARRAY(SELECT w.oid FROM own AS w))
                  THEN pg_catalog.quote_ident(
                      pg_catalog.pg_get_userbyid(o.lomowner))
              END AS owner,
              CASE WHEN o.lomacl <> pg_catalog.acldefault('L', o.lomowner) THEN
              (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ',
                          a.privileges, 'TO ' || a.grantee,
                          'WITH GRANT OPTION FOR ' || a.grantable), '; '
                          ORDER BY a.grantee COLLATE "C")
                 FROM (SELECT CASE
                                  WHEN e.grantee = 0 THEN 'PUBLIC'
                                  WHEN e.grantee IN (SELECT w.oid
                                        FROM own AS w) THEN 'CURRENT_USER'
                                  ELSE pg_catalog.quote_ident(
                                      pg_catalog.pg_get_userbyid(e.grantee))
                              END AS grantee,
                              pg_catalog.string_agg(DISTINCT e.privilege_type,
                                  ', ' ORDER BY e.privilege_type)
                                  AS privileges,
                              pg_catalog.string_agg(DISTINCT e.privilege_type,
                                  ', ' ORDER BY e.privilege_type)
                                  FILTER (WHERE e.is_grantable
                                      AND e.grantee <> o.lomowner)
                                  AS grantable
                         FROM pg_catalog.aclexplode(o.lomacl) AS e
                        GROUP BY 1) AS a)
              END AS privileges,
              pg_catalog.obj_description(o.oid, 'pg_largeobject') AS comment,
              (SELECT pg_catalog.string_agg(pg_catalog.format('%I %L',
                          l.provider, l.label), ', '
                          ORDER BY l.provider COLLATE "C")
                 FROM pg_catalog.pg_seclabel AS l
                WHERE l.classoid = 'pg_catalog.pg_largeobject'::regclass
                  AND l.objoid = o.oid) AS security_labels) AS v
 WHERE v.owner IS NOT NULL
    OR v.privileges IS NOT NULL
    OR v.comment IS NOT NULL
    OR v.security_labels IS NOT NULL
