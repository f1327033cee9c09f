CREATE SCHEMA columns;
CREATE TABLE columns.t (a integer, b integer NOT NULL NO INHERIT, c integer,
    d integer GENERATED ALWAYS AS (1 + 1) VIRTUAL);
ALTER TABLE columns.t ADD CONSTRAINT t_a_not_null NOT NULL a NOT VALID;

CREATE SCHEMA constraints;
CREATE TABLE constraints.ref (a int4range, b daterange,
    PRIMARY KEY (a, b WITHOUT OVERLAPS));
CREATE TABLE constraints.t (a int4range, b daterange, c integer,
    CONSTRAINT enforced CHECK (c > 0) NOT ENFORCED,
    CONSTRAINT "without" UNIQUE (a, b WITHOUT OVERLAPS),
    CONSTRAINT period FOREIGN KEY (a, PERIOD b)
        REFERENCES constraints.ref (a, PERIOD b));

CREATE SCHEMA publication;
CREATE PUBLICATION p WITH (publish_generated_columns = stored);
