--: expect publication publication_come: added
--: expect publication publication_gone: removed
--: expect publication publication_other: publish
--: expect publication publication_other: via_partition_root
--: expect publication publication_all: all_tables
--: expect publication-table publication_all publication.t: removed
--: expect publication-table publication_other publication.t: added
--: expect publication-table publication_other publication."Odd one": removed
--: expect publication-table publication_other publication.parent: added
--: expect publication-table publication_other publication.parts: removed
--: expect owner publication publication_own: added
--: both
CREATE TABLE t (a integer PRIMARY KEY, b integer);
CREATE TABLE "Odd one" (a integer);
CREATE TABLE parent (a integer);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE parts (a integer) PARTITION BY RANGE (a);
CREATE PUBLICATION publication_own;
--: left
CREATE PUBLICATION publication_gone FOR TABLE t, "Odd one";
COMMENT ON PUBLICATION publication_gone IS 'gone';
CREATE PUBLICATION publication_other FOR TABLE ONLY "Odd one", parts;
CREATE PUBLICATION publication_all FOR TABLE t;
COMMENT ON PUBLICATION publication_all IS 'kept';
--: right
CREATE PUBLICATION publication_come FOR TABLE ONLY parent, t WITH (publish = '');
CREATE PUBLICATION publication_other FOR TABLE ONLY parent, t
    WITH (publish = 'insert, truncate', publish_via_partition_root = true);
CREATE PUBLICATION publication_all FOR ALL TABLES;
COMMENT ON PUBLICATION publication_all IS 'kept';
ALTER PUBLICATION publication_own OWNER TO pg_monitor;
