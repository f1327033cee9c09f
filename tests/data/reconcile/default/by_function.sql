--: expect default by_function.t.a: definition
--: expect function by_function.f(): removed
--: expect function by_function.g(): added
--: left
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a integer DEFAULT by_function.f());
--: right
CREATE FUNCTION g() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (a integer DEFAULT by_function.g());
