--: title the statements of a revision that runs outside a transaction
-- Rows live as long as the revision is half done.
--
-- state: "running" is begun and not known to be done; "done"; "skipped" by the
-- word of a person.  rest: what the run was to go on with.  backend: the
-- process of the server.
CREATE TABLE tb.journal (
    version_table pg_catalog.text NOT NULL,
    revision pg_catalog.text NOT NULL,
    direction pg_catalog.text NOT NULL CHECK (direction IN ('up', 'down')),
    number pg_catalog.int4 NOT NULL,
    line pg_catalog.int4 NOT NULL,
    text pg_catalog.text NOT NULL,
    hash pg_catalog.text NOT NULL,
    hash_formula pg_catalog.int4 NOT NULL,
    state pg_catalog.text NOT NULL
        CHECK (state IN ('running', 'done', 'skipped')),
    sqlstate pg_catalog.text,
    error pg_catalog.text,
    started_at pg_catalog.timestamptz NOT NULL
        DEFAULT pg_catalog.clock_timestamp(),
    finished_at pg_catalog.timestamptz,
    rest pg_catalog.text[] NOT NULL,
    backend pg_catalog.int4 NOT NULL DEFAULT pg_catalog.pg_backend_pid(),
    session_role pg_catalog.text NOT NULL DEFAULT SESSION_USER,
    client_host pg_catalog.text,
    client_user pg_catalog.text,
    program pg_catalog.text NOT NULL,
    PRIMARY KEY (version_table, revision, number)
)
