--: title where the server listens for the connection that it answers here
-- No host where that is a socket in the file system.
SELECT pg_catalog.host(pg_catalog.inet_server_addr()) AS host,
       coalesce(pg_catalog.inet_server_port()::text,
           pg_catalog.current_setting('port')) AS port
