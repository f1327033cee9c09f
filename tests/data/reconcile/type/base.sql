--: expect base-type base.come: added
--: expect base-type base.shell: added
--: expect base-type base.filled: defined
--: expect base-type base.filled: output
--: expect base-type base.filled: length
--: expect base-type base.filled: input
--: expect base-type base.filled: category
--: expect base-type base.filled: by_value
--: expect base-type base.set: send
--: expect base-type base.set: storage
--: expect base-type base.made: category
--: expect function base.come_in(cstring): added
--: expect function base.come_out(base.come): added
--: expect function base.set_send(base.set): added
--: expect table base.t: added
--: allow-back data-loss
--: both
CREATE TYPE set;
CREATE TYPE made;
CREATE TYPE filled;
CREATE FUNCTION set_in(cstring) RETURNS set LANGUAGE internal IMMUTABLE STRICT
    AS 'textin';
CREATE FUNCTION set_out(set) RETURNS cstring LANGUAGE internal IMMUTABLE
    STRICT AS 'textout';
CREATE FUNCTION filled_in(cstring) RETURNS filled LANGUAGE internal
    IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION filled_out(filled) RETURNS cstring LANGUAGE internal
    IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION made_in(cstring) RETURNS made LANGUAGE internal IMMUTABLE
    STRICT AS 'textin';
CREATE FUNCTION made_out(made) RETURNS cstring LANGUAGE internal IMMUTABLE
    STRICT AS 'textout';
--: left
CREATE TYPE set (INPUT = set_in, OUTPUT = set_out, STORAGE = main);
CREATE TYPE made (INPUT = made_in, OUTPUT = made_out, CATEGORY = 'X');
COMMENT ON TYPE made IS 'kept';
CREATE FUNCTION used(made) RETURNS integer LANGUAGE sql AS 'SELECT 1';
--: right
CREATE TYPE shell;
CREATE TYPE come;
CREATE FUNCTION come_in(cstring) RETURNS come LANGUAGE internal IMMUTABLE
    STRICT AS 'textin';
CREATE FUNCTION come_out(come) RETURNS cstring LANGUAGE internal IMMUTABLE
    STRICT AS 'textout';
CREATE TYPE come (INPUT = come_in, OUTPUT = come_out, LIKE = text);
COMMENT ON TYPE come IS 'come';
CREATE TYPE filled (INPUT = filled_in, OUTPUT = filled_out);
CREATE FUNCTION set_send(set) RETURNS bytea LANGUAGE internal STABLE STRICT
    AS 'textsend';
CREATE TYPE set (INPUT = set_in, OUTPUT = set_out, SEND = set_send,
    STORAGE = extended);
CREATE TYPE made (INPUT = made_in, OUTPUT = made_out, CATEGORY = 'Y');
COMMENT ON TYPE made IS 'kept';
CREATE FUNCTION used(made) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a come, b set);
