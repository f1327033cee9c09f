--: expect aggregate more.agg(bigint): added
--: expect aggregate more.agg(integer): removed
--: expect attribute more.pair.x: type
--: expect attribute more.pair.z: added
--: expect column more.base.a: type
--: expect column more.base.b: type
--: expect column more.base.c: type
--: expect column more.base.g: type
--: expect column more.base.id: type
--: expect column more.kid.a: type
--: expect column more.kid.b: type
--: expect column more.kid.base: type
--: expect column more.kid.c: type
--: expect column more.kid.g: type
--: expect column more.kid.id: type
--: expect column more.refs.id: type
--: expect column-privilege column more.base.c TO pg_monitor: added
--: expect constraint more.base.cb: definition
--: expect constraint more.kid.cb: definition
--: expect constraint more.refs.refs_id_fkey: definition
--: expect default more.base.a: definition
--: expect default more.kid.a: definition
--: expect function more.dom(text): removed
--: expect function more.dom(text, text): added
--: expect function more.mk(bigint): added
--: expect function more.mk(integer): removed
--: expect index more.bf: definition
--: expect index more.bi: definition
--: expect operator more.===(bigint, bigint): added
--: expect operator more.===(integer, integer): removed
--: expect sequence more.sq: removed
--: expect table more.gone: removed
--: expect view more.w1: columns
--: expect view more.w1: options
--: expect view more.w1: definition
--: expect view more.w2: columns
--: expect view more.w4: columns
--: expect view more.w4: definition
--: expect view more.w5: columns
--: expect view more.w6: definition
--: allow data-loss rewrite
--: allow-back data-loss rewrite
--: keep SELECT count(*) FROM more.base
--: left
CREATE TABLE base (id integer PRIMARY KEY, a integer, b text, c numeric(8,2) DEFAULT 0, g integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE TABLE kid (base integer REFERENCES base, w text) INHERITS (base);
CREATE VIEW w1 AS SELECT id, a, b FROM base WHERE a > 0 WITH CHECK OPTION;
CREATE VIEW w2 WITH (security_barrier) AS SELECT w1.id, kid.w FROM w1 JOIN kid ON kid.id = w1.id;
CREATE VIEW w3 AS SELECT count(*) AS n FROM w2;
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER io INSTEAD OF INSERT ON w2 FOR EACH ROW EXECUTE FUNCTION trg();
CREATE TRIGGER st AFTER UPDATE ON base REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg();
CREATE RULE nodel AS ON DELETE TO w1 DO INSTEAD NOTHING;
GRANT SELECT ON w2 TO pg_monitor;
GRANT SELECT (b) ON base TO pg_monitor;
CREATE INDEX bi ON base ((lower(b)));
CREATE FUNCTION dom(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <> ''''';
ALTER TABLE base ADD CONSTRAINT cb CHECK (more.dom(b));
CREATE INDEX bf ON base (b) WHERE more.dom(b);
CREATE TYPE pair AS (x integer, y text);
CREATE FUNCTION mk(integer) RETURNS pair LANGUAGE sql AS 'SELECT ROW($1, ''y'')::more.pair';
CREATE VIEW w4 AS SELECT (more.mk(a)).x AS x FROM base;
CREATE SEQUENCE sq; ALTER TABLE base ALTER a SET DEFAULT nextval('sq'); ALTER SEQUENCE sq OWNED BY base.a;
CREATE TABLE gone (id integer PRIMARY KEY); CREATE TABLE refs (id integer REFERENCES gone);
INSERT INTO base (id, a, b) VALUES (1, 2, 'x');
CREATE POLICY po ON kid USING (EXISTS (SELECT FROM more.w1 WHERE w1.id = kid.id));
CREATE AGGREGATE agg(integer) (sfunc = int4pl, stype = integer, initcond = '0');
CREATE VIEW w5 AS SELECT more.agg(a) AS s FROM base;
CREATE OPERATOR === (leftarg = integer, rightarg = integer, procedure = int4eq);
CREATE VIEW w6 AS SELECT a OPERATOR(more.===) 1 AS e FROM base;
--: right
CREATE TABLE base (id bigint PRIMARY KEY, a bigint, b varchar(50), c numeric(10,2) DEFAULT 0, g bigint GENERATED ALWAYS AS (a + 1) STORED);
CREATE TABLE kid (base bigint REFERENCES base, w text) INHERITS (base);
CREATE VIEW w1 AS SELECT id, b, a FROM base WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW w2 WITH (security_barrier) AS SELECT w1.id, kid.w FROM w1 JOIN kid ON kid.id = w1.id;
CREATE VIEW w3 AS SELECT count(*) AS n FROM w2;
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER io INSTEAD OF INSERT ON w2 FOR EACH ROW EXECUTE FUNCTION trg();
CREATE TRIGGER st AFTER UPDATE ON base REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION trg();
CREATE RULE nodel AS ON DELETE TO w1 DO INSTEAD NOTHING;
GRANT SELECT ON w2 TO pg_monitor;
GRANT SELECT (b), UPDATE (c) ON base TO pg_monitor;
CREATE INDEX bi ON base ((lower(b)));
CREATE FUNCTION dom(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 <> $2';
ALTER TABLE base ADD CONSTRAINT cb CHECK (more.dom(b, ''));
CREATE INDEX bf ON base (b) WHERE more.dom(b, '');
CREATE TYPE pair AS (x bigint, y text, z date);
CREATE FUNCTION mk(bigint) RETURNS pair LANGUAGE sql AS 'SELECT ROW($1, ''y'', NULL)::more.pair';
CREATE VIEW w4 AS SELECT (more.mk(a)).x AS x, (more.mk(a)).z AS z FROM base;
ALTER TABLE base ALTER a SET DEFAULT 5;
CREATE TABLE refs (id bigint REFERENCES base (id));
CREATE POLICY po ON kid USING (EXISTS (SELECT FROM more.w1 WHERE w1.id = kid.id));
CREATE AGGREGATE agg(bigint) (sfunc = int8pl, stype = bigint, initcond = '1');
CREATE VIEW w5 AS SELECT more.agg(a) AS s FROM base;
CREATE OPERATOR === (leftarg = bigint, rightarg = bigint, procedure = int8eq);
CREATE VIEW w6 AS SELECT a OPERATOR(more.===) 1::bigint AS e FROM base;
