--: title what the database was like at the end of a run of tb-migrate
-- self is the table's own oid at that time: a restored database has another.
-- xid is the first transaction that was not yet over.
CREATE TABLE tb.fingerprint (
    id pg_catalog.int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    event pg_catalog.int8,
    formula pg_catalog.text NOT NULL,
    server pg_catalog.int4 NOT NULL,
    self pg_catalog.oid NOT NULL,
    xid pg_catalog.int8 NOT NULL,
    parts pg_catalog.text NOT NULL
)
