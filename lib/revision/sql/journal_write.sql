--: title write down where a statement stands
-- A long text is cut: it is for people.  What cannot be in a transaction is
-- short, and is read again after a crash.
INSERT INTO tb.journal AS j
    (version_table, revision, direction, number, line, text, hash,
     hash_formula, state, sqlstate, error, finished_at, rest, client_host,
     client_user, program)
VALUES
    ($1, $2, $3,
     $4::pg_catalog.int4, $5::pg_catalog.int4,
     pg_catalog.left($6, 4000),
     $7,
     $8::pg_catalog.int4,
     $9, $10, $11,
     CASE WHEN $9 <> 'running' THEN pg_catalog.clock_timestamp() END,
     coalesce(pg_catalog.string_to_array($12, ' '), '{}'),
     $13, $14, $15)
ON CONFLICT (version_table, revision, number) DO UPDATE
SET line = EXCLUDED.line,
    text = EXCLUDED.text,
    hash = EXCLUDED.hash,
    hash_formula = EXCLUDED.hash_formula,
    state = EXCLUDED.state,
    sqlstate = EXCLUDED.sqlstate,
    error = EXCLUDED.error,
    started_at = CASE
            WHEN EXCLUDED.state = 'running' AND EXCLUDED.error IS NULL
                THEN EXCLUDED.started_at
            ELSE j.started_at
        END,
    finished_at = EXCLUDED.finished_at,
    rest = EXCLUDED.rest,
    backend = EXCLUDED.backend,
    session_role = EXCLUDED.session_role,
    client_host = EXCLUDED.client_host,
    client_user = EXCLUDED.client_user,
    program = EXCLUDED.program
