--: title is there a database, tablespace or subscription of this name?
-- $1 says which, $2 is the name as SQL writes it.
SELECT EXISTS (
           SELECT d.datname
             FROM pg_catalog.pg_database AS d
            WHERE $1 = 'database'
              AND d.datname = n.name
        UNION ALL
           SELECT t.spcname
             FROM pg_catalog.pg_tablespace AS t
            WHERE $1 = 'tablespace'
              AND t.spcname = n.name
        UNION ALL
           SELECT s.subname
             FROM pg_catalog.pg_subscription AS s
             JOIN pg_catalog.pg_database AS o ON o.oid = s.subdbid
            WHERE $1 = 'subscription'
              AND s.subname = n.name
              AND o.datname = pg_catalog.current_database())
  FROM (SELECT (pg_catalog.parse_ident($2))[1]::pg_catalog.name AS name) AS n
