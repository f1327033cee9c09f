--: title what the session may do with tb.journal
-- A privilege on what is not there is NULL.  The table is ours if it has our
-- column.
SELECT j.oid IS NOT NULL AS there,
       EXISTS (SELECT
         FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = j.oid
          AND a.attname = 'version_table') AS ours,
       pg_catalog.has_schema_privilege(s.oid, 'USAGE')
           AND pg_catalog.has_table_privilege(j.oid, 'SELECT') AS may_read,
       pg_catalog.has_table_privilege(j.oid, 'INSERT')
           AND pg_catalog.has_table_privilege(j.oid, 'UPDATE')
           AND pg_catalog.has_table_privilege(j.oid, 'DELETE') AS may_write,
       pg_catalog.has_schema_privilege(s.oid, 'USAGE')
           AND pg_catalog.has_schema_privilege(s.oid, 'CREATE') AS may_create,
       pg_catalog.quote_ident(CURRENT_USER) AS role
  FROM (SELECT) AS one
  LEFT JOIN pg_catalog.pg_namespace AS s ON s.nspname = 'tb'
  LEFT JOIN pg_catalog.pg_class AS j
         ON j.relnamespace = s.oid
        AND j.relname = 'journal'
        AND j.relkind = 'r'
