--: title what tells this server from all others
SELECT c.system_identifier::text AS id
  FROM pg_catalog.pg_control_system() AS c
