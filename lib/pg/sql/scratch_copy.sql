--: title the statement that makes a scratch database a copy of another
-- From 15 on the server by default writes each block into its log, which is
-- good for small databases; files are copied faster once there are many.
SELECT pg_catalog.format('CREATE DATABASE %I TEMPLATE %I', $1::pg_catalog.text,
           d.datname)
       || CASE WHEN pg_catalog.current_setting('server_version_num')::int4
                       >= 150000
               AND pg_catalog.pg_database_size(d.oid) > 16 * 1024 * 1024
               THEN ' STRATEGY file_copy'
               ELSE '' END
  FROM pg_catalog.pg_database AS d
 WHERE d.datname = $2::pg_catalog.text
