--: expect column views_types.t.b: type
--: expect column views_types.t.c: added
--: expect domain views_types.d: type
--: expect range-type views_types.ra: definition
--: expect view views_types.v: columns
--: expect view views_types.v: definition
--: expect view views_types.w: columns
--: expect view views_types.w: definition
--: allow blocking data-loss rewrite
--: allow-back blocking data-loss rewrite
--: left
CREATE TABLE t (a integer, b integer);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM views_types.t';
CREATE VIEW v AS SELECT * FROM f();
CREATE FUNCTION g() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM views_types.v';
CREATE VIEW w AS SELECT * FROM g();
CREATE TABLE u (r t, s v);
CREATE DOMAIN d AS integer CHECK (VALUE > 0);
CREATE TABLE dd (x d);
CREATE VIEW dv AS SELECT x FROM dd;
CREATE FUNCTION df(d) RETURNS d LANGUAGE sql AS 'SELECT $1';
CREATE TYPE ra AS RANGE (subtype = integer);
CREATE TABLE rt (x ra, EXCLUDE USING gist (x WITH &&));
--: right
CREATE TABLE t (a integer, b bigint, c text);
CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM views_types.t';
CREATE VIEW v AS SELECT * FROM f();
CREATE FUNCTION g() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM views_types.v';
CREATE VIEW w AS SELECT * FROM g();
CREATE TABLE u (r t, s v);
CREATE DOMAIN d AS bigint CHECK (VALUE > 0);
CREATE TABLE dd (x d);
CREATE VIEW dv AS SELECT x FROM dd;
CREATE FUNCTION df(d) RETURNS d LANGUAGE sql AS 'SELECT $1';
CREATE TYPE ra AS RANGE (subtype = bigint);
CREATE TABLE rt (x ra, EXCLUDE USING gist (x WITH &&));
