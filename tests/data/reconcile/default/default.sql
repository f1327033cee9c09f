--: expect default "default".t.changed: definition
--: expect default "default".t.come: added
--: expect default "default".t.gone: removed
--: expect default "default".v.a: added
--: both
CREATE TABLE t (changed integer, come timestamptz, gone text);
CREATE VIEW v AS SELECT 1 AS a;
--: left
ALTER TABLE t ALTER changed SET DEFAULT 1, ALTER gone SET DEFAULT 'x''y';
--: right
ALTER TABLE t ALTER changed SET DEFAULT 2, ALTER come SET DEFAULT now();
ALTER VIEW v ALTER a SET DEFAULT 3;
