DROP SCHEMA public;
CREATE SCHEMA come;
CREATE SCHEMA "Same one";
COMMENT ON SCHEMA "Same one" IS 'as it is';
