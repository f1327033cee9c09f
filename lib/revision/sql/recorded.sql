--: title the applied revisions as they were written down
SELECT r.revision,
       pg_catalog.array_to_string(r.parents, ' ') AS parents,
       r.message,
       r.raw_hash,
       r.token_hash,
       r.hash_formula,
       r.origin,
       pg_catalog.to_char(r.applied_at AT TIME ZONE 'UTC',
           'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS applied_at,
       r.applied_by
  FROM tb.revision AS r
 WHERE r.version_table = $1
 ORDER BY r.revision COLLATE "C"
