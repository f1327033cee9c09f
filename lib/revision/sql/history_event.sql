--: title what was done, and what was tried: rows are only ever added
-- outcome: "done", "failed" or "interrupted".  No CHECK says so: it would cost
-- a revision as much as the row itself.
CREATE TABLE tb.event (
    id pg_catalog.int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    version_table pg_catalog.text NOT NULL,
    action pg_catalog.text NOT NULL,
    revision pg_catalog.text,
    outcome pg_catalog.text NOT NULL,
    heads pg_catalog.text[] NOT NULL,
    milliseconds pg_catalog.numeric,
    sqlstate pg_catalog.text,
    error pg_catalog.text,
    statements pg_catalog.jsonb,
    notices pg_catalog.jsonb,
    session_role pg_catalog.text NOT NULL DEFAULT SESSION_USER,
    role pg_catalog.text NOT NULL DEFAULT CURRENT_USER,
    client_address pg_catalog.inet DEFAULT pg_catalog.inet_client_addr(),
    client_host pg_catalog.text,
    client_user pg_catalog.text,
    program pg_catalog.text NOT NULL,
    tag pg_catalog.text
)
