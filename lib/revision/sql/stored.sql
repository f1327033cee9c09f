--: title recorded revisions that rows of the version table stand for
-- $1 is the version table, $2 its rows with one blank between them.  A table
-- of an earlier version has no column "keys".
WITH RECURSIVE up AS (
    SELECT r.*
      FROM tb.revision AS r
     WHERE r.version_table = $1
       AND r.revision = ANY (pg_catalog.string_to_array($2, ' '))
     UNION
    SELECT r.*
      FROM up
      JOIN tb.revision AS r
        ON r.version_table = up.version_table
       AND (r.revision = ANY (up.parents)
            OR r.revision = ANY (up.depends_on)
            OR r.labels && up.depends_on)
)
SELECT up.revision,
       pg_catalog.array_to_string(up.parents, ' ') AS parents,
       pg_catalog.array_to_string(up.depends_on, ' ') AS depends_on,
       pg_catalog.array_to_string(up.labels, ' ') AS labels,
       up.message,
       up.upgrade,
       up.downgrade,
       pg_catalog.to_jsonb(up) ->> 'keys' AS keys
  FROM up
 ORDER BY up.applied_at, up.revision COLLATE "C"
