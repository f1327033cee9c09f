--: title what is full: a tablespace and where it is
-- $1 is its oid.  That of the data folder is the server's own secret.
SELECT pg_catalog.quote_ident(t.spcname) AS name,
       coalesce(nullif(pg_catalog.pg_tablespace_location(t.oid), ''),
           CASE
               WHEN pg_catalog.pg_has_role('pg_read_all_settings', 'USAGE')
                   THEN pg_catalog.current_setting('data_directory')
           END) AS location,
       pg_catalog.pg_tablespace_location(t.oid) = '' AS is_data
  FROM pg_catalog.pg_tablespace AS t
 WHERE t.oid = $1::pg_catalog.oid
