--: expect operator-class class.come USING btree: added
--: expect operator-class class.gone USING hash: removed
--: expect operator-class class.ops USING btree: functions
--: expect operator-family class.come USING btree: added
--: expect operator-family class.gone USING hash: removed
--: expect operator-family-member class.ops USING btree FUNCTION 1 (integer, bigint): does
--: expect operator-family-member class.ops USING btree OPERATOR 1 (bigint, integer): removed
--: expect operator-family-member class.ops USING btree OPERATOR 1 (integer, bigint): added
--: both
CREATE TABLE t (a integer, b text);
CREATE FUNCTION cmp(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql
    AS 'SELECT $1 - $2';
CREATE FUNCTION cmp(integer, bigint) RETURNS integer IMMUTABLE LANGUAGE sql
    AS 'SELECT 0';
--: left
CREATE OPERATOR CLASS gone FOR TYPE integer USING hash AS
    OPERATOR 1 =, FUNCTION 1 hashint4(integer);
CREATE OPERATOR CLASS ops FOR TYPE integer USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 btint4cmp(integer, integer);
ALTER OPERATOR FAMILY ops USING btree ADD
    OPERATOR 1 <(bigint, integer), FUNCTION 1 btint48cmp(integer, bigint);
COMMENT ON OPERATOR CLASS ops USING btree IS 'kept';
COMMENT ON OPERATOR FAMILY ops USING btree IS 'kept';
CREATE INDEX t_a ON t (a class.ops);
--: right
CREATE OPERATOR FAMILY come USING btree;
CREATE OPERATOR CLASS come FOR TYPE text USING btree FAMILY come AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 bttextcmp(text, text);
CREATE OPERATOR CLASS ops FOR TYPE integer USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 cmp(integer, integer);
ALTER OPERATOR FAMILY ops USING btree ADD
    OPERATOR 1 <(integer, bigint), FUNCTION 1 cmp(integer, bigint);
COMMENT ON OPERATOR CLASS ops USING btree IS 'kept';
COMMENT ON OPERATOR FAMILY ops USING btree IS 'kept';
CREATE INDEX t_a ON t (a class.ops);
