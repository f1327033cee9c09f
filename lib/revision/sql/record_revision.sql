--: title write down an applied revision
-- It has none yet: see tb_history_reconcile().  Lists arrive as words with one blank between them.
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
