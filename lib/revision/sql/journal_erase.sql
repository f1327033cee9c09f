--: title forget where a statement stands, or all of a revision
-- $3 NULL: all.
DELETE FROM tb.journal AS j
 WHERE j.version_table = $1
   AND j.revision = $2
   AND j.number = coalesce($3::pg_catalog.int4, j.number)
