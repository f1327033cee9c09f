CREATE SCHEMA gone;
CREATE TABLE gone.t (id integer PRIMARY KEY);
CREATE SCHEMA "Same one";
COMMENT ON SCHEMA "Same one" IS 'as it was';
