CREATE SCHEMA constraints;
CREATE TABLE constraints.ref (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE constraints.t (a integer, b integer,
    CONSTRAINT nulls UNIQUE NULLS NOT DISTINCT (a),
    CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES constraints.ref
        ON DELETE SET NULL (b));

CREATE SCHEMA index;
CREATE TABLE index.t (a integer);
CREATE UNIQUE INDEX i ON index.t (a) NULLS NOT DISTINCT;

CREATE SCHEMA publication;
CREATE SCHEMA pub_one;
CREATE SCHEMA "Two";
CREATE TABLE publication.t (a integer PRIMARY KEY, b integer, "C c" integer);
CREATE PUBLICATION columns FOR TABLE publication.t ("C c", a);
CREATE PUBLICATION filter FOR TABLE publication.t WHERE (a > 10);
CREATE PUBLICATION schemas FOR TABLES IN SCHEMA "Two";
CREATE PUBLICATION same FOR TABLE publication.t ("C c", a) WHERE (a > 0);

CREATE SCHEMA sequence;
CREATE UNLOGGED SEQUENCE sequence.s;

CREATE SCHEMA subscription;
CREATE SUBSCRIPTION options CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = NONE, streaming = on, binary = true,
    two_phase = true, disable_on_error = true);

CREATE SCHEMA view;
CREATE VIEW view.v WITH (security_invoker) AS SELECT 1 AS a;
