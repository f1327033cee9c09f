--: title who has changed what
CREATE TABLE IF NOT EXISTS tb.ddl (
    id pg_catalog.int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    tag pg_catalog.text NOT NULL,
    identity pg_catalog.text,
    session_role pg_catalog.text NOT NULL DEFAULT SESSION_USER,
    client_address pg_catalog.inet DEFAULT pg_catalog.inet_client_addr(),
    application pg_catalog.text
        DEFAULT pg_catalog.current_setting('application_name')
)
