--: title write down an applied revision
-- Lists arrive as words with one blank between them.
INSERT INTO tb.revision
    (version_table, revision, parents, depends_on, labels, message, upgrade,
     downgrade, raw_hash, token_hash, hash_formula, origin, program,
     milliseconds, keys)
VALUES
    ($1, $2,
     pg_catalog.string_to_array($3, ' '),
     pg_catalog.string_to_array($4, ' '),
     pg_catalog.string_to_array($5, ' '),
     $6, $7, $8, $9, $10, $11::pg_catalog.int4, $12, $13,
     $14::pg_catalog.numeric, $15)
ON CONFLICT (version_table, revision) DO UPDATE
SET parents = EXCLUDED.parents,
    depends_on = EXCLUDED.depends_on,
    labels = EXCLUDED.labels,
    message = EXCLUDED.message,
    upgrade = EXCLUDED.upgrade,
    downgrade = EXCLUDED.downgrade,
    raw_hash = EXCLUDED.raw_hash,
    token_hash = EXCLUDED.token_hash,
    hash_formula = EXCLUDED.hash_formula,
    origin = EXCLUDED.origin,
    applied_at = EXCLUDED.applied_at,
    applied_by = EXCLUDED.applied_by,
    program = EXCLUDED.program,
    milliseconds = EXCLUDED.milliseconds,
    keys = EXCLUDED.keys
