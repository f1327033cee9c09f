--: expect default-privilege FOR ROLE CURRENT_USER IN SCHEMA made_under ON TABLES TO pg_monitor: removed
--: expect default-privilege FOR ROLE CURRENT_USER IN SCHEMA made_under ON SEQUENCES TO pg_monitor: added
--: expect table made_under.t: added
--: expect sequence made_under.s: added
--: allow-back data-loss
--: left
ALTER DEFAULT PRIVILEGES IN SCHEMA made_under
    GRANT SELECT ON TABLES TO pg_monitor;
--: right
CREATE TABLE t (a integer);
CREATE SEQUENCE s;
ALTER DEFAULT PRIVILEGES IN SCHEMA made_under
    GRANT USAGE ON SEQUENCES TO pg_monitor;
