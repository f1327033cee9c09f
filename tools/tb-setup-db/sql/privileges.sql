--: title the privileges that this server knows for each kind of object
-- $1 letters as acldefault() takes them; 10 is the first role of all, whose
-- own defaults are everything.
SELECT k.kind,
       (SELECT pg_catalog.string_agg(a.privilege_type, ' ' ORDER BY a.n)
          FROM pg_catalog.aclexplode(pg_catalog.acldefault(
                   k.kind::"char", 10)) WITH ORDINALITY
                   AS a(grantor, grantee, privilege_type, is_grantable, n)
         WHERE a.grantee = 10) AS privileges
  FROM pg_catalog.unnest($1::text[]) AS k(kind)
