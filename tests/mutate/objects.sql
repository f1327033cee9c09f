-- What there is to change: what the database has of its own, with names as
-- statements want them.  The other files put statements into "mutation".
SET search_path = '';
SET jit = off;

CREATE TEMPORARY TABLE mutation (kind text, statement text);

-- Everything that has an address, as the server tells it: a column and its
-- like is no object of its own.
CREATE TEMPORARY TABLE object AS
SELECT o.classid::regclass::text AS catalogue,
       o.objid AS oid,
       o.objsubid AS sub,
       i.type,
       i.schema,
       i.identity
  FROM (SELECT DISTINCT d.classid, d.objid, 0 AS objsubid
          FROM pg_catalog.pg_depend AS d
         WHERE d.classid <> 0
         UNION
        SELECT 'pg_catalog.pg_class'::regclass, a.attrelid, a.attnum
          FROM pg_catalog.pg_attribute AS a
          JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
         WHERE a.attnum > 0
           AND NOT a.attisdropped
           AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
         UNION
        SELECT 'pg_catalog.pg_namespace'::regclass, n.oid, 0
          FROM pg_catalog.pg_namespace AS n
         UNION
        SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass, w.oid, 0
          FROM pg_catalog.pg_foreign_data_wrapper AS w
         UNION
        SELECT 'pg_catalog.pg_publication'::regclass, p.oid, 0
          FROM pg_catalog.pg_publication AS p
         UNION
        SELECT 'pg_catalog.pg_subscription'::regclass, s.oid, 0
          FROM pg_catalog.pg_subscription AS s
          JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
         WHERE d.datname = pg_catalog.current_database()
         UNION
        SELECT 'pg_catalog.pg_largeobject'::regclass, l.oid, 0
          FROM pg_catalog.pg_largeobject_metadata AS l) AS o
 CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.classid, o.objid,
       o.objsubid) AS i
 WHERE o.objid >= 16384
   AND i.identity IS NOT NULL
   AND i.identity !~ '(^|[( ])pg_(toast|temp)'
   AND COALESCE(i.schema, '') !~ '^pg_'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = o.classid
          AND e.objid = o.objid
          AND e.deptype IN ('e', 'i'));

CREATE TEMPORARY VIEW relation AS
SELECT c.oid,
       c.relname,
       c.relnamespace,
       c.relkind,
       c.relispartition,
       o.identity AS name
  FROM pg_catalog.pg_class AS c
  JOIN object AS o
    ON o.catalogue = 'pg_catalog.pg_class'
   AND o.oid = c.oid
   AND o.sub = 0
 WHERE c.relpersistence <> 't';

CREATE TEMPORARY VIEW attribute AS
SELECT r.name AS relation,
       r.relkind,
       r.relispartition,
       pg_catalog.quote_ident(a.attname) AS name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
       t.typcategory,
       t.typlen,
       a.attrelid,
       a.attnum,
       a.atttypid,
       a.attcollation,
       a.attnotnull,
       a.atthasdef,
       a.attidentity,
       a.attgenerated
  FROM pg_catalog.pg_attribute AS a
  JOIN relation AS r ON r.oid = a.attrelid
  JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
 WHERE a.attnum > 0
   AND NOT a.attisdropped;

CREATE TEMPORARY TABLE role AS
SELECT pg_catalog.quote_ident(r.rolname) AS name
  FROM pg_catalog.pg_roles AS r
 WHERE r.rolname ~* '^verify';
