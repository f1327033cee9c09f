CREATE SCHEMA constraints;
CREATE TABLE constraints.ref (a integer, b integer, PRIMARY KEY (a, b));
CREATE TABLE constraints.t (a integer, b integer,
    CONSTRAINT nulls UNIQUE (a),
    CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES constraints.ref
        ON DELETE SET NULL);

CREATE SCHEMA index;
CREATE TABLE index.t (a integer);
CREATE UNIQUE INDEX i ON index.t (a);

CREATE SCHEMA publication;
CREATE SCHEMA pub_one;
CREATE SCHEMA "Two";
CREATE TABLE publication.t (a integer PRIMARY KEY, b integer, "C c" integer);
CREATE PUBLICATION columns FOR TABLE publication.t (a);
CREATE PUBLICATION filter FOR TABLE publication.t;
CREATE PUBLICATION schemas FOR TABLES IN SCHEMA pub_one;
CREATE PUBLICATION same FOR TABLE publication.t (a, "C c") WHERE (a > 0);

CREATE SCHEMA sequence;
CREATE SEQUENCE sequence.s;

CREATE SCHEMA subscription;
CREATE SUBSCRIPTION options CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = NONE, streaming = off);

CREATE SCHEMA view;
CREATE VIEW view.v AS SELECT 1 AS a;
