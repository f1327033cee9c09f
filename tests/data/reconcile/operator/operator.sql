--: expect operator operator.###(integer, integer): added
--: expect operator operator.|||(integer, integer): removed
--: expect operator operator.<<<(integer, integer): commutator
--: expect operator operator.<<<(integer, integer): negator
--: expect operator operator.>>>(integer, integer): added
--: expect operator operator.!<<<(integer, integer): added
--: expect operator operator.===(integer, integer): restrict
--: expect operator operator.===(integer, integer): join
--: expect operator operator.!==(integer, integer): restrict
--: expect operator operator.~~~(integer, integer): result
--: expect operator operator.&&&(integer, integer): function
--: expect operator operator.&&&(integer, integer): hashes
--: expect function operator.f(integer, integer): definition
--: expect function operator.f(integer, integer): result
--: expect function operator.f(integer, integer): volatility
--: both
CREATE TABLE t (a integer);
--: left
CREATE FUNCTION f(integer, integer) RETURNS boolean LANGUAGE sql
    AS 'SELECT true';
CREATE OPERATOR ||| (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR <<< (FUNCTION = int4lt, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer,
    COMMUTATOR = OPERATOR(operator.===), NEGATOR = OPERATOR(operator.!==));
CREATE OPERATOR !== (FUNCTION = int4ne, LEFTARG = integer, RIGHTARG = integer,
    NEGATOR = OPERATOR(operator.===), RESTRICT = neqsel);
CREATE OPERATOR @@@ (FUNCTION = int4um, RIGHTARG = integer);
CREATE OPERATOR ~~~ (FUNCTION = operator.f, LEFTARG = integer,
    RIGHTARG = integer);
COMMENT ON OPERATOR ~~~ (integer, integer) IS 'kept';
CREATE OPERATOR &&& (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer,
    COMMUTATOR = OPERATOR(operator.&&&));
CREATE VIEW v AS SELECT a FROM t WHERE a OPERATOR(operator.&&&) 1;
--: right
CREATE FUNCTION f(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql
    AS 'SELECT 1';
CREATE OPERATOR ### (FUNCTION = operator.f, LEFTARG = integer,
    RIGHTARG = integer);
CREATE OPERATOR <<< (FUNCTION = int4lt, LEFTARG = integer, RIGHTARG = integer,
    COMMUTATOR = OPERATOR(operator.>>>), NEGATOR = OPERATOR(operator.!<<<));
CREATE OPERATOR >>> (FUNCTION = int4gt, LEFTARG = integer, RIGHTARG = integer,
    COMMUTATOR = OPERATOR(operator.<<<));
CREATE OPERATOR !<<< (FUNCTION = int4ge, LEFTARG = integer, RIGHTARG = integer,
    NEGATOR = OPERATOR(operator.<<<));
CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer,
    COMMUTATOR = OPERATOR(operator.===), NEGATOR = OPERATOR(operator.!==),
    RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR !== (FUNCTION = int4ne, LEFTARG = integer, RIGHTARG = integer,
    NEGATOR = OPERATOR(operator.===));
CREATE OPERATOR @@@ (FUNCTION = int4um, RIGHTARG = integer);
CREATE OPERATOR ~~~ (FUNCTION = operator.f, LEFTARG = integer,
    RIGHTARG = integer);
COMMENT ON OPERATOR ~~~ (integer, integer) IS 'kept';
CREATE OPERATOR &&& (FUNCTION = int4ne, LEFTARG = integer, RIGHTARG = integer,
    COMMUTATOR = OPERATOR(operator.&&&), HASHES);
CREATE VIEW v AS SELECT a FROM t WHERE a OPERATOR(operator.&&&) 1;
