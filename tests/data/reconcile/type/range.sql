--: expect range-type range.come: added
--: expect range-type range.r: definition
--: left
CREATE TYPE r AS RANGE (subtype = integer);
CREATE FUNCTION f(r) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--: right
CREATE TYPE come AS RANGE (subtype = text, collation = "C");
CREATE TYPE r AS RANGE (subtype = bigint);
CREATE FUNCTION f(r) RETURNS integer LANGUAGE sql AS 'SELECT 1';
