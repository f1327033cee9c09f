--: title what the session may keep in schema tb
-- $1 and $2 are schema and name of the version table.  A privilege on what is
-- not there is NULL.  A table is ours if it has our column.
SELECT pg_catalog.format('%I.%I', $1::pg_catalog.text,
           $2::pg_catalog.text) AS name,
       EXISTS (SELECT
         FROM pg_catalog.pg_namespace AS v
        WHERE v.nspname = $1::pg_catalog.text) AS schema_there,
       s.oid IS NOT NULL AS log_schema_there,
       r.oid IS NOT NULL AS revision_there,
       e.oid IS NOT NULL AS event_there,
       d.oid IS NOT NULL AS detail_there,
       f.oid IS NOT NULL AS fingerprint_there,
       j.oid IS NOT NULL AS journal_there,
       EXISTS (SELECT
         FROM pg_catalog.pg_class AS c
        WHERE c.oid = r.oid
          AND NOT EXISTS (SELECT
                FROM pg_catalog.pg_attribute AS a
               WHERE a.attrelid = c.oid
                 AND a.attname = 'keys')) AS old_form,
       coalesce(pg_catalog.pg_has_role(r.relowner, 'USAGE'), true)
           AND coalesce(pg_catalog.pg_has_role(e.relowner, 'USAGE'), true)
           AS may_alter,
       EXISTS (SELECT
         FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = s.oid
          AND c.relname IN ('revision', 'event')
          AND NOT EXISTS (SELECT
                FROM pg_catalog.pg_attribute AS a
               WHERE a.attrelid = c.oid
                 AND a.attname = 'version_table')) AS foreign,
       pg_catalog.has_schema_privilege(s.oid, 'USAGE') AS may_use,
       CASE
           WHEN s.oid IS NULL THEN pg_catalog.has_database_privilege(
               pg_catalog.current_database(), 'CREATE')
           ELSE pg_catalog.has_schema_privilege(s.oid, 'CREATE')
       END AS may_create,
       pg_catalog.has_table_privilege(r.oid, 'SELECT') AS may_read,
       pg_catalog.has_table_privilege(r.oid, 'SELECT')
           AND pg_catalog.has_table_privilege(r.oid, 'INSERT')
           AND pg_catalog.has_table_privilege(r.oid, 'UPDATE')
           AND pg_catalog.has_table_privilege(r.oid, 'DELETE')
           AS may_write_revision,
       pg_catalog.has_table_privilege(e.oid, 'INSERT') AS may_write_event,
       pg_catalog.quote_ident(pg_catalog.current_database()) AS database,
       pg_catalog.quote_ident(CURRENT_USER) AS role
  FROM (SELECT) AS one
  LEFT JOIN pg_catalog.pg_namespace AS s ON s.nspname = 'tb'
  LEFT JOIN pg_catalog.pg_class AS r
         ON r.relnamespace = s.oid
        AND r.relname = 'revision'
        AND r.relkind = 'r'
  LEFT JOIN pg_catalog.pg_class AS e
         ON e.relnamespace = s.oid
        AND e.relname = 'event'
        AND e.relkind = 'r'
  LEFT JOIN pg_catalog.pg_class AS d
         ON d.relnamespace = s.oid
        AND d.relname = 'event_detail'
        AND d.relkind = 'r'
  LEFT JOIN pg_catalog.pg_class AS f
         ON f.relnamespace = s.oid
        AND f.relname = 'fingerprint'
        AND f.relkind = 'r'
  LEFT JOIN pg_catalog.pg_class AS j
         ON j.relnamespace = s.oid
        AND j.relname = 'journal'
        AND j.relkind = 'r'
