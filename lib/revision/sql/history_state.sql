--: title what the session may keep in schema tb
-- $1 and $2 are schema and name of the version table.  A privilege on what is
-- not there is NULL.  A table is ours if it has our column.
SELECT pg_catalog.format('%I.%I', $1::pg_catalog.text,
           $2::pg_catalog.text) AS name,
       EXISTS (SELECT
         FROM pg_catalog.pg_namespace AS v
        WHERE v.nspname = $1::pg_catalog.text) AS schema_there,
       s.oid IS NOT NULL AS log_schema_there,
       t.revision IS NOT NULL AS revision_there,
       t.event IS NOT NULL AS event_there,
       t.detail IS NOT NULL AS detail_there,
       t.fingerprint IS NOT NULL AS fingerprint_there,
       t.journal IS NOT NULL AS journal_there,
       EXISTS (SELECT
         FROM pg_catalog.pg_class AS c
        WHERE c.oid = t.revision
          AND NOT EXISTS (SELECT
                FROM pg_catalog.pg_attribute AS a
               WHERE a.attrelid = c.oid
                 AND a.attname = 'keys')) AS old_form,
       NOT EXISTS (SELECT
         FROM pg_catalog.pg_class AS c
        WHERE c.oid IN (t.revision, t.event)
          AND NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')) AS may_alter,
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
       pg_catalog.has_table_privilege(t.revision, 'SELECT') AS may_read,
       pg_catalog.has_table_privilege(t.revision, 'SELECT')
           AND pg_catalog.has_table_privilege(t.revision, 'INSERT')
           AND pg_catalog.has_table_privilege(t.revision, 'UPDATE')
           AND pg_catalog.has_table_privilege(t.revision, 'DELETE')
           AS may_write_revision,
       pg_catalog.has_table_privilege(t.event, 'INSERT') AS may_write_event,
       pg_catalog.quote_ident(pg_catalog.current_database()) AS database,
       pg_catalog.quote_ident(CURRENT_USER) AS role
  FROM (SELECT pg_catalog.max(n.oid) AS oid
          FROM pg_catalog.pg_namespace AS n
         WHERE n.nspname = 'tb') AS s
 CROSS JOIN LATERAL (
       SELECT pg_catalog.max(c.oid) FILTER (WHERE c.relname = 'revision')
                  AS revision,
              pg_catalog.max(c.oid) FILTER (WHERE c.relname = 'event')
                  AS event,
              pg_catalog.max(c.oid) FILTER (WHERE c.relname = 'event_detail')
                  AS detail,
              pg_catalog.max(c.oid) FILTER (WHERE c.relname = 'fingerprint')
                  AS fingerprint,
              pg_catalog.max(c.oid) FILTER (WHERE c.relname = 'journal')
                  AS journal
         FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = s.oid
          AND c.relname IN ('revision', 'event', 'event_detail', 'fingerprint',
              'journal')
          AND c.relkind = 'r') AS t
