-- Routines, types, operators, text search, foreign data, replication, the
-- database itself.

INSERT INTO mutation
SELECT 'routine', pg_catalog.format('ALTER %s %s', t.name, x.what)
  FROM target AS t,
       (VALUES ('IMMUTABLE'), ('STABLE'), ('VOLATILE'), ('STRICT'),
               ('CALLED ON NULL INPUT'), ('LEAKPROOF'), ('NOT LEAKPROOF'),
               ('SECURITY DEFINER'), ('SECURITY INVOKER'),
               ('PARALLEL SAFE'), ('PARALLEL RESTRICTED'),
               ('PARALLEL UNSAFE'), ('COST 77'), ('ROWS 77'),
               ('SET search_path = public, "$user"'),
               ('SET work_mem = ''7MB'''),
               ('SET "a.b c" = ''it''''s'''), ('RESET ALL'),
               ('SET datestyle FROM CURRENT'),
               ('SUPPORT pg_catalog.textlike_support'),
               ('DEPENDS ON EXTENSION plpgsql'),
               ('DEPENDS ON EXTENSION citext')) AS x(what)
 WHERE t.type IN ('function', 'procedure')
 UNION ALL
SELECT 'routine body', pg_catalog.format('CREATE OR REPLACE FUNCTION %s.%I(%s)'
           ' RETURNS %s LANGUAGE sql AS ''SELECT NULL::%4$s''',
           n.oid::regnamespace, p.proname,
           pg_catalog.pg_get_function_arguments(p.oid),
           pg_catalog.pg_get_function_result(p.oid))
  FROM pg_catalog.pg_proc AS p
  JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
  JOIN object AS o
    ON o.catalogue = 'pg_catalog.pg_proc'
   AND o.oid = p.oid
 WHERE p.prokind = 'f'
 UNION ALL
SELECT 'routine create', pg_catalog.format(x.what, n.oid::regnamespace)
  FROM pg_catalog.pg_namespace AS n,
       (VALUES ('CREATE FUNCTION %s.mutant(a integer DEFAULT 1, VARIADIC b '
                   'text[] DEFAULT ''{}'') RETURNS integer LANGUAGE sql '
                   'BEGIN ATOMIC SELECT 1; SELECT 2; END'),
               ('CREATE FUNCTION %s.mutant(OUT a integer, INOUT "B b" text) '
                   'LANGUAGE sql AS ''SELECT 1, $1'''),
               ('CREATE FUNCTION %s.mutant(integer) RETURNS TABLE (x text) '
                   'TRANSFORM FOR TYPE integer LANGUAGE plpgsql AS '
                   '''BEGIN END'''),
               ('CREATE PROCEDURE %s.mutant(OUT a integer) LANGUAGE sql '
                   'AS ''SELECT 1'''),
               ('CREATE AGGREGATE %s.mutant(integer ORDER BY integer) '
                   '(SFUNC = int4pl, STYPE = integer)'),
               ('CREATE AGGREGATE %s.mutant(integer) (SFUNC = int4pl, '
                   'STYPE = integer, INITCOND = 7, SSPACE = 9)'),
               ('CREATE TYPE %s.mutant AS ENUM (''a'', ''it''''s'')'),
               ('CREATE TYPE %s.mutant AS (a integer, b text COLLATE "C")'),
               ('CREATE TYPE %s.mutant AS RANGE (SUBTYPE = float8, '
                   'SUBTYPE_DIFF = float8mi)'),
               ('CREATE TYPE %s.mutant'),
               ('CREATE DOMAIN %s.mutant AS text COLLATE "C" DEFAULT ''x'' '
                   'NOT NULL CHECK (VALUE IN (''x'', ''y''))'),
               ('CREATE COLLATION %s.mutant (PROVIDER = icu, '
                   'LOCALE = ''de-u-co-phonebk'', DETERMINISTIC = false)'),
               ('CREATE SEQUENCE %s.mutant AS smallint INCREMENT -1'),
               ('CREATE TEXT SEARCH DICTIONARY %s.mutant (TEMPLATE = simple, '
                   'STOPWORDS = english)'),
               ('CREATE TEXT SEARCH CONFIGURATION %s.mutant (COPY = english)'),
               ('CREATE CONVERSION %s.mutant FOR ''LATIN1'' TO ''UTF8'' '
                   'FROM iso8859_1_to_utf8'),
               ('CREATE OPERATOR %s.=== (FUNCTION = int4eq, '
                   'LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = ===)'),
               ('CREATE OPERATOR FAMILY %s.mutant USING hash'),
               ('CREATE OPERATOR CLASS %s.mutant FOR TYPE integer '
                   'USING btree AS OPERATOR 1 <, FUNCTION 1 btint4cmp'),
               ('CREATE TABLE %s.mutant (a integer) PARTITION BY '
                   'LIST ((a + 1))'),
               ('CREATE TABLE %s.mutant ()'),
               ('CREATE UNLOGGED TABLE %s.mutant (a serial, b text STORAGE '
                   'EXTERNAL) WITH (toast.vacuum_truncate = off)'))
           AS x(what)
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
 UNION ALL
SELECT 'create', x.what
  FROM (VALUES ('CREATE SCHEMA mutant'),
               ('CREATE CAST (integer AS point) WITH INOUT AS ASSIGNMENT'),
               ('CREATE LANGUAGE mutant HANDLER plpgsql_call_handler'),
               ('CREATE ACCESS METHOD mutant TYPE INDEX HANDLER bthandler'),
               ('CREATE FOREIGN DATA WRAPPER mutant OPTIONS (a ''1'')'),
               ('CREATE PUBLICATION mutant FOR ALL TABLES'),
               ('CREATE PUBLICATION mutant WITH (publish = '''')'),
               ('CREATE SUBSCRIPTION mutant CONNECTION ''host=x'' PUBLICATION '
                   'p WITH (connect = false, slot_name = NONE)'),
               ('CREATE EXTENSION pg_trgm'),
               ('CREATE EXTENSION hstore SCHEMA public'),
               ('CREATE TEXT SEARCH PARSER public.mutant (START = '
                   'prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, '
                   'LEXTYPES = prsd_lextype)'),
               ('CREATE TEXT SEARCH TEMPLATE public.mutant '
                   '(LEXIZE = dsimple_lexize)'),
               ('SELECT pg_catalog.lo_create(9999)'),
               ('CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH '
                   'FUNCTION prsd_lextype(internal))')) AS x(what)
 UNION ALL
SELECT 'type', pg_catalog.format('ALTER TYPE %s %s', o.identity, x.what)
  FROM object AS o
  JOIN pg_catalog.pg_type AS t ON t.oid = o.oid,
       (VALUES ('e', 'ADD VALUE ''mutant'''),
               ('e', 'ADD VALUE ''it''''s''  BEFORE ' ||
                   '''' || 'a' || ''''),
               ('b', 'SET (STORAGE = plain)'),
               ('b', 'SET (STORAGE = external)'),
               ('b', 'SET (ANALYZE = array_typanalyze)'),
               ('b', 'SET (SEND = textsend, RECEIVE = NONE)'))
           AS x(typtype, what)
 WHERE o.catalogue = 'pg_catalog.pg_type'
   AND t.typtype = x.typtype::"char"
 UNION ALL
SELECT 'type', pg_catalog.format('ALTER TYPE %s %s', o.identity,
           pg_catalog.replace(x.what, '#', pg_catalog.quote_literal(
               e.enumlabel)))
  FROM object AS o
  JOIN pg_catalog.pg_enum AS e ON e.enumtypid = o.oid,
       (VALUES ('RENAME VALUE # TO ''mutant x'''),
               ('ADD VALUE ''mutant'' BEFORE #')) AS x(what)
 WHERE o.catalogue = 'pg_catalog.pg_type'
 UNION ALL
SELECT 'domain', pg_catalog.format('ALTER DOMAIN %s %s', o.identity, x.what)
  FROM object AS o
  JOIN pg_catalog.pg_type AS t ON t.oid = o.oid,
       (VALUES ('SET DEFAULT NULL'), ('DROP DEFAULT'), ('SET NOT NULL'),
               ('DROP NOT NULL'), ('ADD CHECK (VALUE IS NOT NULL)'),
               ('ADD CONSTRAINT mutant CHECK (1 IN (1, 2)) NOT VALID'))
           AS x(what)
 WHERE o.catalogue = 'pg_catalog.pg_type'
   AND t.typtype = 'd'
 UNION ALL
SELECT 'domain', pg_catalog.format('ALTER DOMAIN %s %s', o.identity,
           pg_catalog.replace(x.what, '#', pg_catalog.quote_ident(k.conname)))
  FROM object AS o
  JOIN pg_catalog.pg_constraint AS k ON k.contypid = o.oid,
       (VALUES ('DROP CONSTRAINT #'), ('VALIDATE CONSTRAINT #'),
               ('RENAME CONSTRAINT # TO mutant')) AS x(what)
 WHERE o.catalogue = 'pg_catalog.pg_type';

INSERT INTO mutation
SELECT o.type, pg_catalog.format('ALTER %s %s', o.name, x.what)
  FROM target AS o,
       (VALUES ('operator', 'SET (RESTRICT = eqsel)'),
               ('operator', 'SET (RESTRICT = NONE, JOIN = NONE)'),
               ('operator', 'SET (JOIN = scalarltjoinsel)'),
               ('operator family', 'ADD OPERATOR 1 < (bigint, integer)'),
               ('operator family', 'ADD OPERATOR 3 = (integer, bigint), '
                   'FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint)'),
               ('operator family', 'ADD OPERATOR 15 <-> (point, point) '
                   'FOR ORDER BY pg_catalog.float_ops'),
               ('operator family', 'DROP OPERATOR 1 (integer, integer)'),
               ('operator family', 'DROP FUNCTION 1 (integer, integer)'),
               ('statistics object', 'SET STATISTICS 99'),
               ('collation', 'REFRESH VERSION'),
               ('foreign-data wrapper', 'OPTIONS (ADD mutant ''it''''s'')'),
               ('foreign-data wrapper', 'NO HANDLER'),
               ('foreign-data wrapper', 'NO VALIDATOR'),
               ('foreign-data wrapper', 'VALIDATOR postgresql_fdw_validator'),
               ('server', 'VERSION ''mutant'''),
               ('server', 'OPTIONS (ADD port ''9'')'),
               ('server', 'OPTIONS (SET host ''mutant'')'),
               ('server', 'OPTIONS (DROP host)'),
               ('foreign table', 'OPTIONS (ADD mutant ''1'')'),
               ('foreign table', 'OPTIONS (SET name ''mutant'')'),
               ('user mapping', 'OPTIONS (ADD mutant ''1'')'),
               ('user mapping', 'OPTIONS (ADD password ''mutant'')'),
               ('user mapping', 'OPTIONS (SET password ''mutant'')'),
               ('event trigger', 'DISABLE'), ('event trigger', 'ENABLE'),
               ('event trigger', 'ENABLE REPLICA'),
               ('event trigger', 'ENABLE ALWAYS'),
               ('text search dictionary', '(stopwords = italian)'),
               ('text search dictionary', '(accept = false)'),
               ('text search dictionary', '(stopwords)'),
               ('text search configuration', 'DROP MAPPING FOR asciiword'),
               ('text search configuration', 'ADD MAPPING FOR uint WITH '
                   'english_stem, simple'),
               ('text search configuration', 'ALTER MAPPING FOR asciiword '
                   'WITH simple'),
               ('text search configuration', 'ALTER MAPPING REPLACE simple '
                   'WITH english_stem'),
               ('publication', 'SET (publish = ''delete, insert'')'),
               ('publication', 'SET (publish_via_partition_root = true)'),
               ('publication', 'SET (publish_via_partition_root = false)'),
               ('subscription', 'SET (slot_name = ''mutant'')'),
               ('subscription', 'SET (slot_name = NONE)'),
               ('subscription', 'SET (binary = true)'),
               ('subscription', 'SET (streaming = true)'),
               ('subscription', 'SET (synchronous_commit = local)'),
               ('subscription', 'SET (disable_on_error = true)'),
               ('subscription', 'CONNECTION ''host=mutant dbname=''''a b'''''),
               ('subscription', 'SET PUBLICATION mutant, x '
                   'WITH (refresh = false)'),
               ('subscription', 'DISABLE'),
               ('language', 'RENAME TO mutant')) AS x(type, what)
 WHERE o.type = x.type
   AND o.sub = 0
 UNION ALL
SELECT 'user mapping', pg_catalog.format('CREATE USER MAPPING FOR %s '
           'SERVER %I OPTIONS (a ''b'')', r.name, s.srvname)
  FROM pg_catalog.pg_foreign_server AS s, role AS r
 UNION ALL
SELECT 'foreign table', pg_catalog.format('CREATE FOREIGN TABLE public.mutant '
           '(a integer OPTIONS (x ''1''), b text NOT NULL DEFAULT ''x'') '
           'SERVER %I OPTIONS (y ''2'')', s.srvname)
  FROM pg_catalog.pg_foreign_server AS s
 UNION ALL
SELECT 'publication', pg_catalog.format('ALTER PUBLICATION %I %s', p.pubname,
           pg_catalog.replace(pg_catalog.replace(x.what, '@', a.relation),
               '#', a.name))
  FROM pg_catalog.pg_publication AS p,
       attribute AS a,
       (VALUES ('ADD TABLE @'), ('ADD TABLE @ (#)'),
               ('ADD TABLE @ WHERE (# IS NOT NULL)'), ('DROP TABLE @'),
               ('SET TABLE ONLY @ WHERE (# IS NULL)')) AS x(what)
 WHERE a.relkind IN ('r', 'p')
   AND NOT p.puballtables
 UNION ALL
SELECT 'publication', pg_catalog.format('ALTER PUBLICATION %I %s TABLES IN '
           'SCHEMA %s', p.pubname, x.what, n.oid::regnamespace)
  FROM pg_catalog.pg_publication AS p,
       pg_catalog.pg_namespace AS n,
       (VALUES ('ADD'), ('DROP'), ('SET')) AS x(what)
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT p.puballtables
 UNION ALL
SELECT 'event trigger', pg_catalog.format('CREATE EVENT TRIGGER mutant ON %s '
           'EXECUTE FUNCTION %s()', x.what, p.oid::regproc)
  FROM pg_catalog.pg_proc AS p,
       (VALUES ('ddl_command_end WHEN TAG IN (''CREATE TABLE'', ''GRANT'')'),
               ('sql_drop'), ('table_rewrite')) AS x(what)
 WHERE p.prorettype = 'pg_catalog.event_trigger'::regtype
 UNION ALL
SELECT 'database', pg_catalog.format('%s DATABASE %I %s', x.verb,
           pg_catalog.current_database(), x.what)
  FROM (VALUES ('ALTER', 'SET work_mem = ''9MB'''),
               ('ALTER', 'SET search_path = "a b", public'),
               ('ALTER', 'SET datestyle = ''German, DMY'''),
               ('ALTER', 'SET "mutant.x" = ''it''''s'''),
               ('ALTER', 'SET temp_tablespaces = ''a b'', c'),
               ('ALTER', 'RESET ALL'),
               ('ALTER', 'CONNECTION LIMIT 17'),
               ('ALTER', 'IS_TEMPLATE true'),
               ('ALTER', 'OWNER TO verify_super'),
               ('COMMENT ON', 'IS ''mutant'''),
               ('ALTER ROLE verify_alice IN', 'SET work_mem = ''8MB'''),
               ('ALTER ROLE verify_alice IN', 'SET role = ''none'''))
           AS x(verb, what);
