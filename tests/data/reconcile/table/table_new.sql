--: expect table table_new.t: added
--: expect table table_new."odd ""name""": removed
--: expect sequence table_new.t_id_seq: added
--: allow data-loss
--: allow-back data-loss
--: left
CREATE TABLE "odd ""name""" ("a b" integer PRIMARY KEY, "C" text);
--: right
CREATE TABLE t (
    id serial PRIMARY KEY,
    n bigint GENERATED ALWAYS AS IDENTITY (START 5),
    name varchar(20) COLLATE "C" NOT NULL DEFAULT 'x',
    up text GENERATED ALWAYS AS (upper(name)) STORED,
    during tstzrange,
    CHECK (length(name) > 1),
    EXCLUDE USING gist (during WITH &&)
) WITH (fillfactor = 70);
COMMENT ON TABLE t IS 'new';
COMMENT ON COLUMN t.name IS 'what it is called';
CREATE INDEX ON t (lower(name));
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (id > 0);
