--: since 150000
--: expect publication-table parts_pub parts.columns: columns
--: expect publication-table parts_pub parts.filter: filter
--: expect publication-table parts_pub parts.twice: columns
--: expect publication-table parts_pub parts.twice: filter
--: expect publication-schema parts_schema_pub parts: removed
--: expect publication-schema parts_schema_pub parts_schema: added
--: expect publication-table parts_schema_pub parts.columns: added
--: expect publication-schema parts_to_columns parts: removed
--: expect publication-table parts_to_columns parts.columns: added
--: expect column parts.typed.a: type
--: allow rewrite
--: allow-back data-loss rewrite
--: both
CREATE SCHEMA parts_schema;
CREATE TABLE columns (a integer, b integer, "C c" integer);
CREATE TABLE filter (a integer, b text);
CREATE TABLE twice (a integer, b text);
CREATE PUBLICATION parts_schema_pub;
CREATE PUBLICATION parts_to_columns;
--: left
CREATE TABLE typed (a integer);
CREATE PUBLICATION parts_pub FOR TABLE columns (a), filter, twice (a) WHERE (a > 1),
    typed WHERE (a > 1);
ALTER PUBLICATION parts_schema_pub ADD TABLES IN SCHEMA parts;
ALTER PUBLICATION parts_to_columns ADD TABLES IN SCHEMA parts;
--: right
CREATE TABLE typed (a bigint);
CREATE PUBLICATION parts_pub FOR TABLE columns (a, "C c"), filter WHERE (b = 'it''s'),
    twice, typed WHERE (a > 1);
ALTER PUBLICATION parts_schema_pub ADD TABLES IN SCHEMA parts_schema;
ALTER PUBLICATION parts_schema_pub ADD TABLE columns;
ALTER PUBLICATION parts_to_columns ADD TABLE columns (b);
