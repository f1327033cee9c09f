--: title take an edited text for the one that was applied
-- How and when it came to be applied stays.
UPDATE tb.revision
   SET parents = pg_catalog.string_to_array($3, ' '),
       depends_on = pg_catalog.string_to_array($4, ' '),
       labels = pg_catalog.string_to_array($5, ' '),
       message = $6,
       upgrade = $7,
       downgrade = $8,
       raw_hash = $9,
       token_hash = $10,
       hash_formula = $11::pg_catalog.int4,
       keys = $12
 WHERE version_table = $1
   AND revision = $2
