--: title add a line to the log
-- Lists arrive as words with one blank between them.
INSERT INTO tb.event
    (version_table, action, revision, outcome, heads, milliseconds, sqlstate,
     error, statements, notices, client_host, client_user, program,
     tag)
VALUES
    ($1, $2, $3, $4,
     pg_catalog.string_to_array($5, ' '),
     COALESCE($6::pg_catalog.numeric,
         1000 * (EXTRACT(EPOCH FROM pg_catalog.clock_timestamp())::pg_catalog.numeric
             - NULLIF(pg_catalog.current_setting('tb.started', true),
                 '')::pg_catalog.numeric)),
     $7, $8,
     $9::pg_catalog.jsonb, $10::pg_catalog.jsonb, $11, $12, $13, $14)
RETURNING id, milliseconds
