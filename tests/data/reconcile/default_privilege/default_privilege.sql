--: expect default-privilege FOR ROLE CURRENT_USER IN SCHEMA default_privilege ON TABLES TO pg_monitor: removed
--: expect default-privilege FOR ROLE CURRENT_USER IN SCHEMA default_privilege ON SEQUENCES TO pg_monitor: added
--: expect default-privilege FOR ROLE CURRENT_USER IN SCHEMA default_privilege ON FUNCTIONS TO pg_signal_backend: grantable
--: expect default-privilege FOR ROLE CURRENT_USER ON TYPES TO PUBLIC: added
--: expect default-privilege FOR ROLE pg_monitor ON FUNCTIONS TO PUBLIC: added
--: expect default-privilege FOR ROLE pg_monitor ON SCHEMAS TO pg_signal_backend: privileges
--: left
ALTER DEFAULT PRIVILEGES IN SCHEMA default_privilege
    GRANT SELECT ON TABLES TO pg_monitor;
ALTER DEFAULT PRIVILEGES IN SCHEMA default_privilege
    GRANT EXECUTE ON FUNCTIONS TO pg_signal_backend;
ALTER DEFAULT PRIVILEGES FOR ROLE pg_monitor
    GRANT USAGE, CREATE ON SCHEMAS TO pg_signal_backend;
--: right
ALTER DEFAULT PRIVILEGES IN SCHEMA default_privilege
    GRANT USAGE ON SEQUENCES TO pg_monitor;
ALTER DEFAULT PRIVILEGES IN SCHEMA default_privilege
    GRANT EXECUTE ON FUNCTIONS TO pg_signal_backend WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE pg_monitor
    REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE pg_monitor
    GRANT USAGE ON SCHEMAS TO pg_signal_backend;
