--: title the revisions that are applied, with their texts
-- One database may hold several version tables: each has its own set.
--
-- origin: how it came to be applied.  "run" by us, "stamp" declared so, "found"
-- in the version table without us (Alembic did it, or it was there before).
-- keys: what else stood at the top of the file, such as "transaction no".
CREATE TABLE tb.revision (
    version_table pg_catalog.text NOT NULL,
    revision pg_catalog.text NOT NULL,
    parents pg_catalog.text[] NOT NULL,
    depends_on pg_catalog.text[] NOT NULL,
    labels pg_catalog.text[] NOT NULL,
    message pg_catalog.text,
    upgrade pg_catalog.text NOT NULL,
    downgrade pg_catalog.text,
    keys pg_catalog.text,
    raw_hash pg_catalog.text NOT NULL,
    token_hash pg_catalog.text NOT NULL,
    hash_formula pg_catalog.int4 NOT NULL,
    origin pg_catalog.text NOT NULL,
    applied_at pg_catalog.timestamptz NOT NULL
        DEFAULT pg_catalog.clock_timestamp(),
    applied_by pg_catalog.text NOT NULL DEFAULT SESSION_USER,
    program pg_catalog.text NOT NULL,
    milliseconds pg_catalog.numeric,
    PRIMARY KEY (version_table, revision)
)
