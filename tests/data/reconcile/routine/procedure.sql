--: expect procedure procedure.come(integer): added
--: expect procedure procedure.body(): definition
--: left
CREATE PROCEDURE body() LANGUAGE sql AS 'SELECT 1';
--: right
CREATE PROCEDURE come(a integer) LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE body() LANGUAGE sql AS 'SELECT 2';
