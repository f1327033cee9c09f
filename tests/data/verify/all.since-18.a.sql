CREATE SCHEMA columns;
CREATE TABLE columns.t (a integer NOT NULL, b integer NOT NULL, c integer,
    d integer GENERATED ALWAYS AS (1 + 1) STORED);

CREATE SCHEMA constraints;
CREATE TABLE constraints.ref (a int4range, b daterange,
    PRIMARY KEY (a, b WITHOUT OVERLAPS));
CREATE TABLE constraints.t (a int4range, b daterange, c integer,
    CONSTRAINT enforced CHECK (c > 0),
    CONSTRAINT "without" UNIQUE (a, b));

CREATE SCHEMA publication;
CREATE PUBLICATION p;
