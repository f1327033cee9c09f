-- Tables, columns, constraints, indexes, and what hangs on tables.

INSERT INTO mutation
SELECT 'table option', pg_catalog.format('ALTER TABLE %s %s', r.name, x.what)
  FROM relation AS r,
       (VALUES ('SET (fillfactor = 33)'), ('RESET (fillfactor)'),
               ('SET (autovacuum_enabled = off, parallel_workers = 3)'),
               ('SET (toast.autovacuum_enabled = off)'),
               ('RESET (toast.autovacuum_enabled)'),
               ('SET (vacuum_index_cleanup = auto)'),
               ('SET (user_catalog_table = true)'),
               ('SET (toast_tuple_target = 1000)'),
               ('RESET (autovacuum_enabled, autovacuum_vacuum_scale_factor)')
       ) AS x(what)
 WHERE r.relkind IN ('r', 'm');

INSERT INTO mutation
SELECT 'table ' || x.kind, pg_catalog.format('ALTER TABLE %s %s', r.name,
           x.what)
  FROM relation AS r,
       (VALUES ('persistence', 'SET UNLOGGED'),
               ('persistence', 'SET LOGGED'),
               ('access method', 'SET ACCESS METHOD heap2'),
               ('access method', 'SET ACCESS METHOD heap'),
               ('tablespace', 'SET TABLESPACE mutate'),
               ('tablespace', 'SET TABLESPACE pg_default'),
               ('row security', 'ENABLE ROW LEVEL SECURITY'),
               ('row security', 'DISABLE ROW LEVEL SECURITY'),
               ('row security', 'FORCE ROW LEVEL SECURITY'),
               ('row security', 'NO FORCE ROW LEVEL SECURITY'),
               ('replica identity', 'REPLICA IDENTITY FULL'),
               ('replica identity', 'REPLICA IDENTITY NOTHING'),
               ('replica identity', 'REPLICA IDENTITY DEFAULT'),
               ('cluster', 'SET WITHOUT CLUSTER'),
               ('type', 'NOT OF'),
               ('triggers', 'DISABLE TRIGGER ALL'),
               ('triggers', 'DISABLE TRIGGER USER'),
               ('triggers', 'ENABLE TRIGGER ALL'),
               ('add column', 'ADD COLUMN mutant integer'),
               ('add column', 'ADD COLUMN mutant text COLLATE "C" '
                   'DEFAULT ''x'' NOT NULL'),
               ('add column', 'ADD COLUMN mutant bigint '
                   'GENERATED ALWAYS AS IDENTITY (START 5 CYCLE)'),
               ('add column', 'ADD COLUMN mutant bigserial UNIQUE'),
               ('add column', 'ADD COLUMN mutant text '
                   'GENERATED ALWAYS AS (''x'' || 1) STORED'),
               ('add column', 'ADD COLUMN mutant numeric(9,3)[] CHECK '
                   '(mutant IS NOT NULL)'),
               ('add check', 'ADD CONSTRAINT mutant CHECK (true)'),
               ('add check', 'ADD CHECK (1 < 2) NO INHERIT'),
               ('add check', 'ADD CONSTRAINT mutant CHECK (1 IN (1, 2)) '
                   'NOT VALID'))
           AS x(kind, what)
 WHERE r.relkind IN ('r', 'p', 'f')
    OR r.relkind = 'm' AND x.kind IN ('access method', 'tablespace', 'cluster');

-- Inheritance, partitions, types.
INSERT INTO mutation
SELECT 'table no inherit', pg_catalog.format('ALTER TABLE %s NO INHERIT %s',
           r.name, p.name)
  FROM pg_catalog.pg_inherits AS i
  JOIN relation AS r ON r.oid = i.inhrelid
  JOIN relation AS p ON p.oid = i.inhparent
 WHERE r.relkind IN ('r', 'f')
 UNION ALL
SELECT 'table detach', pg_catalog.format('ALTER TABLE %s DETACH PARTITION %s',
           p.name, r.name)
  FROM pg_catalog.pg_inherits AS i
  JOIN relation AS r ON r.oid = i.inhrelid
  JOIN relation AS p ON p.oid = i.inhparent
 WHERE r.relispartition
 UNION ALL
SELECT 'table attach', pg_catalog.format('CREATE TABLE %s.mutant (LIKE %s '
           'INCLUDING GENERATED); ALTER TABLE %2$s ATTACH PARTITION %1$s.mutant'
           ' DEFAULT', n.nspname::regnamespace, r.name)
  FROM relation AS r
  JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace
 WHERE r.relkind = 'p'
 UNION ALL
SELECT 'table partition', pg_catalog.format('CREATE TABLE %s.mutant '
           'PARTITION OF %s DEFAULT', n.nspname::regnamespace, r.name)
  FROM relation AS r
  JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace
 WHERE r.relkind = 'p'
 UNION ALL
SELECT 'table inherit', pg_catalog.format('ALTER TABLE %s INHERIT %s',
           c.name, p.name)
  FROM relation AS c, relation AS p
 WHERE c.relkind IN ('r', 'f')
   AND p.relkind IN ('r', 'f')
   AND c.oid <> p.oid
   AND NOT c.relispartition
   AND NOT p.relispartition
   AND NOT EXISTS (SELECT
         FROM attribute AS a
        WHERE a.attrelid = p.oid
          AND NOT EXISTS (SELECT
                FROM attribute AS b
               WHERE b.attrelid = c.oid
                 AND b.name = a.name
                 AND b.type = a.type
                 AND b.attnotnull >= a.attnotnull))
 UNION ALL
SELECT 'table child', pg_catalog.format('CREATE TABLE %s.mutant '
           '(LIKE %s INCLUDING ALL) INHERITS (%2$s)',
           n.nspname::regnamespace, r.name)
  FROM relation AS r
  JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace
 WHERE r.relkind = 'r'
   AND NOT r.relispartition
 UNION ALL
SELECT 'table of type', pg_catalog.format('CREATE TABLE %s.mutant OF %s',
           n.nspname::regnamespace, r.name)
  FROM relation AS r
  JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace
 WHERE r.relkind = 'c';

-- Columns.
INSERT INTO mutation
SELECT 'column ' || x.kind, pg_catalog.format('ALTER TABLE %s %s', a.relation,
           pg_catalog.replace(x.what, '#', a.name))
  FROM attribute AS a,
       (VALUES ('statistics', 'ALTER # SET STATISTICS 777'),
               ('statistics', 'ALTER # SET STATISTICS -1'),
               ('statistics', 'ALTER # SET STATISTICS 0'),
               ('options', 'ALTER # SET (n_distinct = 17)'),
               ('options', 'ALTER # RESET (n_distinct)'),
               ('options', 'ALTER # SET (n_distinct_inherited = -0.3)'),
               ('storage', 'ALTER # SET STORAGE PLAIN'),
               ('storage', 'ALTER # SET STORAGE EXTERNAL'),
               ('storage', 'ALTER # SET STORAGE EXTENDED'),
               ('storage', 'ALTER # SET STORAGE MAIN'),
               ('compression', 'ALTER # SET COMPRESSION pglz'),
               ('compression', 'ALTER # SET COMPRESSION lz4'),
               ('compression', 'ALTER # SET COMPRESSION default'),
               ('default', 'ALTER # SET DEFAULT NULL'),
               ('default', 'ALTER # DROP DEFAULT'),
               ('not null', 'ALTER # SET NOT NULL'),
               ('not null', 'ALTER # DROP NOT NULL'),
               ('expression', 'ALTER # DROP EXPRESSION'),
               ('add identity', 'ALTER # SET NOT NULL, '
                   'ALTER # ADD GENERATED ALWAYS AS IDENTITY'),
               ('add identity', 'ALTER # SET NOT NULL, ALTER # ADD GENERATED '
                   'BY DEFAULT AS IDENTITY (INCREMENT 3 MINVALUE -7)'),
               ('identity', 'ALTER # SET GENERATED BY DEFAULT'),
               ('identity', 'ALTER # SET GENERATED ALWAYS'),
               ('identity', 'ALTER # SET INCREMENT BY 5 SET CACHE 9'),
               ('identity', 'ALTER # SET CYCLE SET START 3'),
               ('identity', 'ALTER # DROP IDENTITY'),
               ('foreign option', 'ALTER # OPTIONS (ADD mutant ''x'')'),
               ('rename', 'RENAME # TO mutant'),
               ('rename', 'RENAME # TO "Mutant x"'),
               ('drop', 'DROP # CASCADE')) AS x(kind, what)
 WHERE a.relkind IN ('r', 'p', 'f')
   AND (x.kind NOT IN ('storage', 'compression') OR a.typlen = -1)
   AND (x.kind <> 'expression' OR a.attgenerated <> '')
   AND (x.kind <> 'identity' OR a.attidentity <> '')
   AND (x.kind <> 'add identity' OR a.typcategory = 'N'
       AND a.attidentity = '' AND NOT a.atthasdef)
 UNION ALL
SELECT 'column type', pg_catalog.format(
           'ALTER TABLE %s ALTER %s TYPE %s USING NULL::%3$s',
           a.relation, a.name, x.type)
  FROM attribute AS a,
       (VALUES ('bigint'), ('text'), ('character varying(7)'),
               ('text COLLATE "C"'), ('numeric(11,4)'), ('integer[]'),
               ('timestamp(3) with time zone'), ('"char"')) AS x(type)
 WHERE a.relkind IN ('r', 'p')
   AND x.type <> a.type
   AND x.type !~ 'COLLATE'
 UNION ALL
SELECT 'column collation', pg_catalog.format(
           'ALTER TABLE %s ALTER %s TYPE %s COLLATE %s',
           a.relation, a.name, a.type, x.name)
  FROM attribute AS a,
       (VALUES ('"C"'), ('"default"'), ('"POSIX"')) AS x(name)
 WHERE a.relkind IN ('r', 'p')
   AND a.attcollation <> 0
 UNION ALL
SELECT 'column default', pg_catalog.format('ALTER TABLE %s ALTER %s '
           'SET DEFAULT %s', a.relation, a.name,
           CASE a.typcategory
               WHEN 'S' THEN '''it''''s '' || CURRENT_USER'
               WHEN 'N' THEN '(17 + pg_catalog.length(CURRENT_USER))'
               WHEN 'D' THEN 'now()'
               WHEN 'A' THEN '''{}'''
           END)
  FROM attribute AS a
 WHERE a.relkind IN ('r', 'p', 'f', 'v')
   AND a.typcategory IN ('S', 'N', 'D', 'A')
 UNION ALL
SELECT 'column of view or index', pg_catalog.format('ALTER %s %s ALTER %s %s',
           CASE a.relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END,
           a.relation, a.name, x.what)
  FROM attribute AS a,
       (VALUES ('v', 'DROP DEFAULT'), ('m', 'SET STATISTICS 555'),
               ('m', 'SET (n_distinct = 5)'), ('m', 'SET STORAGE PLAIN'),
               ('m', 'SET COMPRESSION pglz')) AS x(relkind, what)
 WHERE a.relkind = x.relkind::"char"
 UNION ALL
SELECT 'column of view or index', pg_catalog.format(
           'ALTER INDEX %s ALTER %s SET STATISTICS 555', c.name, a.attnum)
  FROM pg_catalog.pg_attribute AS a
  JOIN relation AS c ON c.oid = a.attrelid
 WHERE c.relkind IN ('i', 'I')
 UNION ALL
SELECT 'column of view or index', pg_catalog.format('ALTER TABLE %s '
           'RENAME %s TO mutant', a.relation, a.name)
  FROM attribute AS a
 WHERE a.relkind IN ('v', 'm')
 UNION ALL
SELECT 'column of composite', pg_catalog.format('ALTER TYPE %s %s', a.relation,
           pg_catalog.replace(x.what, '#', a.name))
  FROM attribute AS a,
       (VALUES ('ALTER ATTRIBUTE # TYPE bytea CASCADE'),
               ('DROP ATTRIBUTE # CASCADE'),
               ('RENAME ATTRIBUTE # TO mutant CASCADE'),
               ('ADD ATTRIBUTE mutant text COLLATE "C" CASCADE')) AS x(what)
 WHERE a.relkind = 'c';

-- Constraints.
INSERT INTO mutation
SELECT 'constraint ' || x.kind, pg_catalog.format('ALTER TABLE %s %s', r.name,
           pg_catalog.replace(x.what, '#', pg_catalog.quote_ident(k.conname)))
  FROM pg_catalog.pg_constraint AS k
  JOIN relation AS r ON r.oid = k.conrelid,
       (VALUES ('validate', 'VALIDATE CONSTRAINT #'),
               ('drop', 'DROP CONSTRAINT # CASCADE'),
               ('rename', 'RENAME CONSTRAINT # TO mutant'),
               ('deferrable', 'ALTER CONSTRAINT # DEFERRABLE'),
               ('deferrable', 'ALTER CONSTRAINT # INITIALLY DEFERRED'),
               ('deferrable', 'ALTER CONSTRAINT # NOT DEFERRABLE'))
           AS x(kind, what)
 WHERE (x.kind <> 'deferrable' OR k.contype = 'f')
   AND (x.kind <> 'validate' OR NOT k.convalidated)
 UNION ALL
SELECT 'constraint foreign key', pg_catalog.format(
           'ALTER TABLE %s ADD FOREIGN KEY (%s) REFERENCES %s (%s)%s',
           a.relation, a.name, f.name, pg_catalog.quote_ident(fa.attname),
           x.how)
  FROM attribute AS a
  JOIN pg_catalog.pg_attribute AS fa ON fa.atttypid = a.atttypid
  JOIN pg_catalog.pg_constraint AS k
    ON k.conrelid = fa.attrelid
   AND k.conkey = ARRAY[fa.attnum]
   AND k.contype IN ('p', 'u')
   AND NOT k.condeferrable
  JOIN relation AS f ON f.oid = k.conrelid,
       (VALUES (''), (' ON DELETE CASCADE ON UPDATE SET NULL'),
               (' MATCH FULL'), (' NOT VALID'),
               (' ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED'))
           AS x(how)
 WHERE a.relkind IN ('r', 'p')
 UNION ALL
SELECT 'constraint key', pg_catalog.format('ALTER TABLE %s ADD %s',
           a.relation, pg_catalog.replace(x.what, '#', a.name))
  FROM attribute AS a,
       (VALUES ('PRIMARY KEY (#)'), ('CONSTRAINT mutant UNIQUE (#)'),
               ('UNIQUE (#) DEFERRABLE'),
               ('UNIQUE (#) WITH (fillfactor = 44)'),
               ('UNIQUE NULLS NOT DISTINCT (#)'),
               ('UNIQUE (#) USING INDEX TABLESPACE mutate'),
               ('EXCLUDE USING btree (# WITH =) WHERE (# IS NOT NULL)'))
           AS x(what)
 WHERE a.relkind IN ('r', 'p')
 UNION ALL
SELECT 'constraint check', pg_catalog.format('ALTER TABLE %s ADD '
           'CHECK (%s IS NOT NULL)%s', a.relation, a.name, x.how)
  FROM attribute AS a,
       (VALUES (''), (' NOT VALID'), (' NO INHERIT')) AS x(how)
 WHERE a.relkind IN ('r', 'p', 'f');

-- Indexes.
INSERT INTO mutation
SELECT 'index ' || x.kind, pg_catalog.format('ALTER INDEX %s %s', r.name,
           x.what)
  FROM relation AS r,
       (VALUES ('option', 'SET (fillfactor = 55)'),
               ('option', 'RESET (fillfactor)'),
               ('option', 'SET (deduplicate_items = off)'),
               ('tablespace', 'SET TABLESPACE mutate'),
               ('tablespace', 'SET TABLESPACE pg_default'),
               ('rename', 'RENAME TO mutant')) AS x(kind, what)
 WHERE r.relkind IN ('i', 'I')
 UNION ALL
SELECT 'index drop', pg_catalog.format('DROP INDEX %s CASCADE', r.name)
  FROM relation AS r
 WHERE r.relkind IN ('i', 'I')
 UNION ALL
SELECT 'index ' || x.kind, pg_catalog.format('ALTER TABLE %s %s', t.name,
           pg_catalog.replace(x.what, '#', pg_catalog.quote_ident(r.relname)))
  FROM pg_catalog.pg_class AS r
  JOIN pg_catalog.pg_index AS i ON i.indexrelid = r.oid
  JOIN relation AS t ON t.oid = i.indrelid,
       (VALUES ('cluster', 'CLUSTER ON #'),
               ('replica identity', 'REPLICA IDENTITY USING INDEX #'))
           AS x(kind, what)
 UNION ALL
SELECT 'index create', pg_catalog.format('CREATE %s', pg_catalog.replace(
           pg_catalog.replace(x.what, '@', a.relation), '#', a.name))
  FROM attribute AS a,
       (VALUES ('INDEX ON @ (#)'),
               ('UNIQUE INDEX mutant ON @ (#) NULLS NOT DISTINCT'),
               ('INDEX mutant ON @ USING hash (#)'),
               ('INDEX mutant ON @ (# DESC NULLS LAST) WITH (fillfactor = 40)'),
               ('INDEX mutant ON @ (#) TABLESPACE mutate'),
               ('INDEX mutant ON @ ((#::text) COLLATE "C" text_pattern_ops)'),
               ('INDEX mutant ON @ ((1 + 2)) INCLUDE (#) WHERE # IS NULL'),
               ('INDEX mutant ON ONLY @ (#)'),
               ('INDEX mutant ON @ USING brin (#) WITH (autosummarize)'),
               ('STATISTICS ON #, (#::text) FROM @'),
               ('STATISTICS (dependencies) ON #, tableoid FROM @'))
           AS x(what)
 WHERE a.relkind IN ('r', 'p', 'm');

-- Triggers, rules, policies.
INSERT INTO mutation
SELECT 'trigger state', pg_catalog.format('ALTER TABLE %s %s TRIGGER %I',
           r.name, x.what, t.tgname)
  FROM pg_catalog.pg_trigger AS t
  JOIN relation AS r ON r.oid = t.tgrelid,
       (VALUES ('ENABLE'), ('DISABLE'), ('ENABLE ALWAYS'), ('ENABLE REPLICA'))
           AS x(what)
 UNION ALL
SELECT 'trigger rename', pg_catalog.format('ALTER TRIGGER %I ON %s '
           'RENAME TO mutant', t.tgname, r.name)
  FROM pg_catalog.pg_trigger AS t
  JOIN relation AS r ON r.oid = t.tgrelid
 WHERE NOT t.tgisinternal
 UNION ALL
SELECT 'trigger drop', pg_catalog.format('DROP TRIGGER %I ON %s', t.tgname,
           r.name)
  FROM pg_catalog.pg_trigger AS t
  JOIN relation AS r ON r.oid = t.tgrelid
 WHERE NOT t.tgisinternal
 UNION ALL
SELECT 'trigger create', pg_catalog.format(x.what, r.name, p.oid::regproc)
  FROM relation AS r,
       pg_catalog.pg_proc AS p
  JOIN object AS o
    ON o.catalogue = 'pg_catalog.pg_proc'
   AND o.oid = p.oid,
       (VALUES ('CREATE TRIGGER mutant AFTER INSERT OR TRUNCATE ON %s '
                   'FOR EACH STATEMENT EXECUTE FUNCTION %s(1, ''x'')'),
               ('CREATE TRIGGER mutant BEFORE DELETE ON %s FOR EACH ROW '
                   'WHEN (1 IN (1, 2)) EXECUTE FUNCTION %s()'),
               ('CREATE TRIGGER mutant AFTER UPDATE ON %s REFERENCING NEW '
                   'TABLE AS n OLD TABLE AS o EXECUTE FUNCTION %s()'),
               ('CREATE CONSTRAINT TRIGGER mutant AFTER UPDATE ON %s '
                   'DEFERRABLE FOR EACH ROW EXECUTE FUNCTION %s()'),
               ('CREATE TRIGGER mutant INSTEAD OF UPDATE ON %s '
                   'FOR EACH ROW EXECUTE FUNCTION %s()')) AS x(what)
 WHERE r.relkind IN ('r', 'p', 'f', 'v')
   AND p.prorettype = 'pg_catalog.trigger'::regtype
 UNION ALL
SELECT 'rule state', pg_catalog.format('ALTER TABLE %s %s RULE %I', r.name,
           x.what, w.rulename)
  FROM pg_catalog.pg_rewrite AS w
  JOIN relation AS r ON r.oid = w.ev_class,
       (VALUES ('ENABLE'), ('DISABLE'), ('ENABLE ALWAYS'), ('ENABLE REPLICA'))
           AS x(what)
 UNION ALL
SELECT 'rule create', pg_catalog.format(x.what, r.name)
  FROM relation AS r,
       (VALUES ('CREATE RULE mutant AS ON DELETE TO %s DO INSTEAD NOTHING'),
               ('CREATE RULE mutant AS ON INSERT TO %s WHERE 1 IN (1, 2) '
                   'DO ALSO NOTIFY mutant'),
               ('CREATE RULE mutant AS ON UPDATE TO %s DO (NOTIFY a; '
                   'NOTIFY b)')) AS x(what)
 WHERE r.relkind IN ('r', 'p', 'v')
 UNION ALL
SELECT 'policy', pg_catalog.format(x.what, p.polname, r.name, role.name)
  FROM pg_catalog.pg_policy AS p
  JOIN relation AS r ON r.oid = p.polrelid,
       role,
       (VALUES ('ALTER POLICY %I ON %s TO %s, PUBLIC'),
               ('ALTER POLICY %I ON %s TO %s'),
               ('ALTER POLICY %I ON %s USING (1 IN (1, 2))'),
               ('ALTER POLICY %I ON %s WITH CHECK (CURRENT_USER <> ''x'')'),
               ('ALTER POLICY %I ON %s RENAME TO mutant'),
               ('DROP POLICY %I ON %s')) AS x(what)
 UNION ALL
SELECT 'policy', pg_catalog.format(x.what, r.name, role.name)
  FROM relation AS r,
       role,
       (VALUES ('CREATE POLICY mutant ON %s TO %s USING (true)'),
               ('CREATE POLICY mutant ON %s AS RESTRICTIVE FOR INSERT '
                   'WITH CHECK (false)'),
               ('CREATE POLICY mutant ON %s FOR DELETE TO %s, CURRENT_USER '
                   'USING (CURRENT_USER IN (''x'', ''y''))')) AS x(what)
 WHERE r.relkind IN ('r', 'p');

-- Sequences and views.
INSERT INTO mutation
SELECT 'sequence', pg_catalog.format('ALTER SEQUENCE %s %s', r.name, x.what)
  FROM relation AS r,
       (VALUES ('INCREMENT BY 13'), ('CYCLE'), ('NO CYCLE'), ('CACHE 21'),
               ('MINVALUE -99'), ('MAXVALUE 9999'), ('START 17'),
               ('AS smallint'), ('OWNED BY NONE'), ('RENAME TO mutant'),
               ('RESTART WITH 2'), ('SET UNLOGGED'), ('SET LOGGED'))
           AS x(what)
 WHERE r.relkind = 'S'
 UNION ALL
SELECT 'sequence owned', pg_catalog.format('ALTER SEQUENCE %s OWNED BY %s.%s',
           r.name, a.relation, a.name)
  FROM relation AS r
  JOIN attribute AS a ON a.relkind IN ('r', 'p', 'f')
  JOIN pg_catalog.pg_class AS t
    ON t.oid = a.attrelid
   AND t.relnamespace = r.relnamespace
 WHERE r.relkind = 'S'
 UNION ALL
SELECT 'view option', pg_catalog.format('ALTER VIEW %s %s', r.name, x.what)
  FROM relation AS r,
       (VALUES ('SET (security_barrier)'), ('SET (security_invoker = on)'),
               ('RESET (security_barrier)'), ('RESET (check_option)'),
               ('SET (check_option = local)'),
               ('SET (check_option = cascaded)')) AS x(what)
 WHERE r.relkind = 'v'
 UNION ALL
SELECT 'view query', pg_catalog.format('CREATE OR REPLACE VIEW %s AS '
           'SELECT *, 1 AS mutant FROM (%s) AS x', r.name,
           pg_catalog.rtrim(pg_catalog.pg_get_viewdef(r.oid), ';'))
  FROM relation AS r
 WHERE r.relkind = 'v'
 UNION ALL
SELECT 'view create', pg_catalog.format('CREATE %s %s.mutant%s AS '
           'SELECT * FROM %s', x.what, n.nspname::regnamespace, x.option,
           r.name)
  FROM relation AS r
  JOIN pg_catalog.pg_namespace AS n ON n.oid = r.relnamespace,
       (VALUES ('VIEW', ''), ('VIEW', ' WITH (security_barrier)'),
               ('MATERIALIZED VIEW', ' TABLESPACE mutate'),
               ('MATERIALIZED VIEW', ' WITH (fillfactor = 30)'))
           AS x(what, option)
 WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f');
