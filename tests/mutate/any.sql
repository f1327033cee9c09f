-- What goes for objects of many classes: comments, owners, names, schemas,
-- privileges, being dropped, being taken by an extension.

CREATE TEMPORARY VIEW target AS
SELECT o.*,
       pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(s.refobjid)) AS owner,
       CASE o.type
           WHEN 'table column' THEN 'COLUMN ' || o.identity
           WHEN 'view column' THEN 'COLUMN ' || o.identity
           WHEN 'materialized view column' THEN 'COLUMN ' || o.identity
           WHEN 'foreign table column' THEN 'COLUMN ' || o.identity
           WHEN 'composite type column' THEN 'COLUMN ' || o.identity
           WHEN 'composite type' THEN 'TYPE ' || o.identity
           WHEN 'table constraint' THEN 'CONSTRAINT ' || o.identity
           WHEN 'domain constraint' THEN 'CONSTRAINT '
               || pg_catalog.regexp_replace(o.identity, ' on (?=[^ ]*$)',
                   ' ON DOMAIN ')
           WHEN 'user mapping' THEN 'USER MAPPING '
               || pg_catalog.regexp_replace(
                   pg_catalog.regexp_replace(o.identity, '^', 'FOR '),
                   ' on server ', ' SERVER ')
           ELSE pg_catalog.upper(o.type) || ' ' || o.identity
       END AS name
  FROM object AS o
  LEFT JOIN pg_catalog.pg_shdepend AS s
    ON s.dbid = (SELECT d.oid
         FROM pg_catalog.pg_database AS d
        WHERE d.datname = pg_catalog.current_database())
   AND s.classid = o.catalogue::regclass
   AND s.objid = o.oid
   AND s.deptype = 'o';

INSERT INTO mutation
SELECT 'comment on ' || t.type, pg_catalog.format('COMMENT ON %s IS %s',
           t.name, x.what)
  FROM target AS t,
       (VALUES ('''a mutant''''s'''), ('NULL')) AS x(what)
 WHERE t.type NOT IN ('default value', 'user mapping', 'default acl',
           'toast table', 'publication relation', 'publication namespace',
           'operator of access method', 'function of access method',
           'index column')
   AND (x.what <> 'NULL' OR pg_catalog.obj_description(t.oid,
           pg_catalog.substr(t.catalogue, 12)) IS NOT NULL)
 UNION ALL
SELECT 'owner of ' || t.type, pg_catalog.format('ALTER %s OWNER TO %s',
           t.name, r.name)
  FROM target AS t, role AS r
 WHERE t.sub = 0
   AND t.type NOT IN ('default value', 'user mapping', 'default acl', 'index',
           'toast table', 'publication relation', 'publication namespace',
           'operator of access method', 'function of access method', 'policy',
           'table constraint', 'domain constraint', 'trigger', 'rule', 'cast',
           'transform', 'text search parser', 'text search template',
           'access method', 'extension')
 UNION ALL
SELECT 'rename ' || t.type, pg_catalog.format('ALTER %s RENAME TO %s',
           t.name, x.name)
  FROM target AS t,
       (VALUES ('mutant'), ('"Mutant ""x"')) AS x(name)
 WHERE t.sub = 0
   AND t.type NOT IN ('default value', 'user mapping', 'default acl', 'index',
           'toast table', 'publication relation', 'publication namespace',
           'operator of access method', 'function of access method', 'policy',
           'table constraint', 'domain constraint', 'trigger', 'rule', 'cast',
           'transform', 'extension', 'large object', 'operator')
 UNION ALL
SELECT 'schema of ' || t.type, pg_catalog.format('ALTER %s SET SCHEMA public',
           t.name)
  FROM target AS t
 WHERE t.sub = 0
   AND t.schema <> 'public'
   AND t.type NOT IN ('index', 'policy', 'rule', 'trigger',
           'table constraint', 'domain constraint', 'default value')
 UNION ALL
SELECT 'schema of extension', pg_catalog.format('ALTER EXTENSION %I '
           'SET SCHEMA %I', e.extname, s.nspname)
  FROM pg_catalog.pg_extension AS e, pg_catalog.pg_namespace AS s
 WHERE s.nspname !~ '^pg_'
 UNION ALL
SELECT 'drop ' || t.type, CASE t.type
           WHEN 'user mapping' THEN pg_catalog.format('DROP %s', t.name)
           WHEN 'large object' THEN pg_catalog.format(
               'SELECT pg_catalog.lo_unlink(%s)', t.identity)
           ELSE pg_catalog.format('DROP %s CASCADE', t.name)
       END
  FROM target AS t
 WHERE t.sub = 0
   AND t.type NOT IN ('default value', 'default acl', 'index', 'toast table',
           'publication relation', 'publication namespace', 'trigger',
           'policy', 'operator of access method', 'function of access method',
           'table constraint', 'domain constraint', 'subscription')
 UNION ALL
SELECT 'drop extension', pg_catalog.format('DROP EXTENSION %I CASCADE',
           e.extname)
  FROM pg_catalog.pg_extension AS e
 WHERE e.oid >= 16384
 UNION ALL
SELECT 'member of extension', pg_catalog.format('ALTER EXTENSION %I ADD %s',
           e.extname, t.name)
  FROM target AS t, pg_catalog.pg_extension AS e
 WHERE t.sub = 0
   AND t.type IN ('table', 'view', 'sequence', 'function', 'type', 'schema',
           'operator', 'cast', 'materialized view', 'foreign table', 'server',
           'collation', 'procedure', 'aggregate', 'event trigger')
   AND e.extname <> 'plpgsql';

-- Privileges.  Whether an owner has grant options is the same; pg_dump tells.
CREATE TEMPORARY VIEW grantable AS
SELECT CASE t.type
           WHEN 'view' THEN 'TABLE ' || t.identity
           WHEN 'materialized view' THEN 'TABLE ' || t.identity
           WHEN 'foreign table' THEN 'TABLE ' || t.identity
           WHEN 'composite type' THEN 'TYPE ' || t.identity
           WHEN 'aggregate' THEN 'FUNCTION ' || t.identity
           WHEN 'server' THEN 'FOREIGN SERVER ' || t.identity
           ELSE t.name
       END AS name,
       t.type,
       t.owner
  FROM target AS t
 WHERE t.sub = 0
   AND t.type IN ('table', 'view', 'materialized view', 'foreign table',
           'sequence', 'function', 'procedure', 'aggregate', 'schema', 'type',
           'composite type', 'foreign-data wrapper', 'server', 'large object',
           'language')
 UNION ALL
SELECT 'DATABASE ' || pg_catalog.quote_ident(pg_catalog.current_database()),
       'database', NULL
 UNION ALL
SELECT 'TABLE pg_catalog.pg_authid', 'member', NULL
 UNION ALL
SELECT 'FUNCTION pg_catalog.pg_ls_dir(text)', 'member', NULL
 UNION ALL
SELECT 'FUNCTION ' || p.oid::regprocedure, 'member', NULL
  FROM pg_catalog.pg_proc AS p
  JOIN pg_catalog.pg_depend AS e
    ON e.classid = 'pg_catalog.pg_proc'::regclass
   AND e.objid = p.oid
   AND e.deptype = 'e'
 UNION ALL
SELECT 'TABLE ' || c.oid::regclass, 'member', NULL
  FROM pg_catalog.pg_class AS c
  JOIN pg_catalog.pg_depend AS e
    ON e.classid = 'pg_catalog.pg_class'::regclass
   AND e.objid = c.oid
   AND e.deptype = 'e'
 WHERE c.relkind IN ('r', 'v');

INSERT INTO mutation
SELECT 'privilege on ' || g.type, pg_catalog.replace(
           pg_catalog.replace(x.what, '#', g.name), '@', r.name)
  FROM grantable AS g, role AS r,
       (VALUES ('GRANT ALL ON # TO @'),
               ('GRANT ALL ON # TO @ WITH GRANT OPTION'),
               ('GRANT ALL ON # TO PUBLIC'),
               ('REVOKE ALL ON # FROM PUBLIC'),
               ('REVOKE ALL ON # FROM @ CASCADE'),
               ('REVOKE GRANT OPTION FOR ALL ON # FROM @ CASCADE'),
               ('REVOKE ALL ON # FROM CURRENT_USER CASCADE'),
               ('GRANT ALL ON # TO @ WITH GRANT OPTION; SET ROLE @; '
                   'GRANT ALL ON # TO PUBLIC')) AS x(what)
 WHERE x.what NOT LIKE '%WITH GRANT%'
    OR r.name IS DISTINCT FROM g.owner
 UNION ALL
SELECT 'privilege on table', pg_catalog.format('%s ON TABLE %s', x.what,
           t.identity || CASE WHEN x.what ~ '^REVOKE' THEN ' FROM '
               ELSE ' TO ' END || r.name)
  FROM target AS t, role AS r,
       (VALUES ('GRANT SELECT, UPDATE'), ('GRANT TRIGGER, REFERENCES'),
               ('REVOKE SELECT'), ('REVOKE INSERT, UPDATE, DELETE'),
               ('GRANT TRUNCATE')) AS x(what)
 WHERE t.sub = 0
   AND t.type IN ('table', 'view', 'materialized view')
 UNION ALL
SELECT 'privilege on column', pg_catalog.format(x.what, a.name, a.relation,
           r.name)
  FROM attribute AS a, role AS r,
       (VALUES ('GRANT SELECT (%s) ON %s TO %s'),
               ('GRANT UPDATE (%1$s), INSERT (%1$s) ON %2$s TO %3$s '
                   'WITH GRANT OPTION'),
               ('GRANT REFERENCES (%s) ON %s TO PUBLIC'),
               ('REVOKE ALL (%s) ON %s FROM %s')) AS x(what)
 WHERE a.relkind IN ('r', 'p', 'v', 'm', 'f')
 UNION ALL
SELECT 'default privilege', pg_catalog.format('ALTER DEFAULT PRIVILEGES%s%s '
           '%s', f.whose, s.place, pg_catalog.replace(x.what, '@', r.name))
  FROM role AS r,
       (SELECT ''
         UNION ALL
        SELECT ' FOR ROLE ' || b.name FROM role AS b) AS f(whose),
       (SELECT ''
         UNION ALL
        SELECT ' IN SCHEMA ' || n.oid::regnamespace
          FROM pg_catalog.pg_namespace AS n
         WHERE n.nspname !~ '^pg_') AS s(place),
       (VALUES ('GRANT SELECT ON TABLES TO @'),
               ('GRANT ALL ON SEQUENCES TO @ WITH GRANT OPTION'),
               ('GRANT EXECUTE ON ROUTINES TO @'),
               ('GRANT USAGE ON TYPES TO PUBLIC'),
               ('REVOKE EXECUTE ON ROUTINES FROM PUBLIC'),
               ('REVOKE ALL ON TYPES FROM PUBLIC'),
               ('REVOKE ALL ON TABLES FROM @'),
               ('GRANT CREATE ON SCHEMAS TO @'),
               ('REVOKE ALL ON TABLES FROM CURRENT_USER')) AS x(what);
