--: expect column knot.ord.dbl: expression
--: expect column knot.ord.extra: added
--: expect column knot.ord.note: type
--: expect column knot.ord_1.dbl: expression
--: expect column knot.ord_1.extra: added
--: expect column knot.ord_1.note: type
--: expect column knot.ord_d.dbl: expression
--: expect column knot.ord_d.extra: added
--: expect column knot.ord_d.note: type
--: expect column-privilege column knot.ord.note TO pg_monitor: removed
--: expect constraint knot.ord.ord_cust_fkey: definition
--: expect default knot.ord.state: definition
--: expect default knot.ord.total: definition
--: expect default knot.ord_1.state: definition
--: expect default knot.ord_1.total: definition
--: expect default knot.ord_d.state: definition
--: expect default knot.ord_d.total: definition
--: expect domain knot.amount: type
--: expect domain-constraint knot.amount.amount_check1: added
--: expect enum knot.st: values
--: expect function knot.tot(bigint): added
--: expect function knot.tot(integer): removed
--: expect index knot.ord_note: definition
--: expect policy knot.ord.pol: using
--: expect policy knot.ord.pol: check
--: expect publication-table knot_pub knot.cust: columns
--: expect rule knot.v1.ru: definition
--: expect table knot.ord: force_row_security
--: expect table knot.ord_2: added
--: expect trigger knot.ord.tr: definition
--: expect view knot.v1: columns
--: expect view knot.v1: definition
--: expect view knot.v2: columns
--: expect view knot.v2: definition
--: expect view knot.v3: columns
--: expect view knot.v3: definition
--: allow blocking data-loss rewrite
--: allow-back blocking data-loss rewrite
--: since 150000
--: keep SELECT count(*), sum(total) FROM knot.ord
--: both
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE cust (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
--: left
CREATE TYPE st AS ENUM ('new', 'done');
CREATE DOMAIN amount AS numeric(10,2) CHECK (VALUE >= 0);
CREATE TABLE ord (id bigserial, cust integer NOT NULL REFERENCES cust, state st NOT NULL DEFAULT 'new', total amount DEFAULT 0, at timestamp NOT NULL DEFAULT now(), note varchar(20), dbl numeric GENERATED ALWAYS AS (total::numeric * 2) STORED, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE ord_1 PARTITION OF ord FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE ord_d PARTITION OF ord DEFAULT;
CREATE INDEX ord_note ON ord (lower(note)) WHERE state = 'new';
CREATE UNIQUE INDEX ord_u ON ord (cust, at);
ALTER TABLE ord ENABLE ROW LEVEL SECURITY;
CREATE POLICY pol ON ord TO pg_monitor USING (state = 'new' AND note <> 'x');
CREATE VIEW v1 AS SELECT id, cust, state, total, note FROM ord WHERE state <> 'done';
CREATE VIEW v2 AS SELECT v1.*, cust.name FROM v1 JOIN cust ON cust.id = v1.cust;
COMMENT ON COLUMN v2.name IS 'who';
GRANT SELECT ON v2 TO pg_monitor;
GRANT SELECT (id, note) ON ord TO pg_monitor;
CREATE MATERIALIZED VIEW mv AS SELECT cust, sum(total) AS sum FROM v2 GROUP BY cust;
CREATE UNIQUE INDEX mv_u ON mv (cust);
CREATE FUNCTION tot(integer) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT sum(total) FROM knot.ord WHERE cust = $1';
CREATE FUNCTION of_row(ord) RETURNS text LANGUAGE sql AS 'SELECT $1.note';
CREATE FUNCTION lines() RETURNS SETOF v1 LANGUAGE sql AS 'SELECT * FROM knot.v1';
CREATE VIEW v3 AS SELECT * FROM lines() WHERE note IS NOT NULL;
CREATE TRIGGER tr BEFORE UPDATE OF note ON ord FOR EACH ROW WHEN (new.note IS DISTINCT FROM old.note) EXECUTE FUNCTION audit();
CREATE RULE ru AS ON INSERT TO v1 DO INSTEAD INSERT INTO ord (cust, note) VALUES (new.cust, new.note);
CREATE STATISTICS sta ON cust, state FROM ord_1;
CREATE PUBLICATION knot_pub FOR TABLE ord_1, cust;
INSERT INTO cust (name) VALUES ('a'), ('b');
INSERT INTO ord (cust, total, at, note) VALUES (1, 5.25, '2020-02-02', 'n'), (2, 7, '2022-02-02', NULL);
--: right
CREATE TYPE st AS ENUM ('new', 'paid', 'done');
CREATE DOMAIN amount AS numeric(12,2) CHECK (VALUE >= 0) CHECK (VALUE < 1000000);
CREATE TABLE ord (id bigserial, cust integer NOT NULL REFERENCES cust ON DELETE CASCADE, state st NOT NULL DEFAULT 'paid', total amount DEFAULT 1, at timestamp NOT NULL DEFAULT now(), note text, dbl numeric GENERATED ALWAYS AS (total::numeric * 3) STORED, extra jsonb DEFAULT '{}' NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE ord_1 PARTITION OF ord FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE ord_2 PARTITION OF ord FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE ord_d PARTITION OF ord DEFAULT;
CREATE INDEX ord_note ON ord (lower(note)) WHERE state = 'paid';
CREATE UNIQUE INDEX ord_u ON ord (cust, at);
ALTER TABLE ord ENABLE ROW LEVEL SECURITY;
ALTER TABLE ord FORCE ROW LEVEL SECURITY;
CREATE POLICY pol ON ord TO pg_monitor USING (state = 'paid' AND note <> 'x') WITH CHECK (extra <> '{}');
CREATE VIEW v1 AS SELECT id, cust, state, total, note, extra FROM ord WHERE state <> 'done';
CREATE VIEW v2 AS SELECT v1.*, cust.name FROM v1 JOIN cust ON cust.id = v1.cust;
COMMENT ON COLUMN v2.name IS 'who';
GRANT SELECT ON v2 TO pg_monitor;
GRANT SELECT (id, extra) ON ord TO pg_monitor;
CREATE MATERIALIZED VIEW mv AS SELECT cust, sum(total) AS sum FROM v2 GROUP BY cust;
CREATE UNIQUE INDEX mv_u ON mv (cust);
CREATE FUNCTION tot(bigint) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT sum(total) FROM knot.ord WHERE cust = $1';
CREATE FUNCTION of_row(ord) RETURNS text LANGUAGE sql AS 'SELECT $1.note';
CREATE FUNCTION lines() RETURNS SETOF v1 LANGUAGE sql AS 'SELECT * FROM knot.v1';
CREATE VIEW v3 AS SELECT * FROM lines() WHERE note IS NOT NULL;
CREATE TRIGGER tr BEFORE UPDATE OF note, extra ON ord FOR EACH ROW WHEN (new.note IS DISTINCT FROM old.note) EXECUTE FUNCTION audit();
CREATE RULE ru AS ON INSERT TO v1 DO INSTEAD INSERT INTO ord (cust, note, extra) VALUES (new.cust, new.note, new.extra);
CREATE STATISTICS sta ON cust, state FROM ord_1;
CREATE PUBLICATION knot_pub FOR TABLE ord_1, cust (id);
