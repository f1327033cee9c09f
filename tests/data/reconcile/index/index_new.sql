--: expect index index_new.come: added
--: expect index index_new.gone: removed
--: expect index index_new.m_a: added
--: both
CREATE TABLE t (a integer, b text);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
--: left
CREATE INDEX gone ON t (a);
--: right
CREATE UNIQUE INDEX come ON t (lower(b) DESC NULLS LAST) INCLUDE (a) WHERE a > 0;
COMMENT ON INDEX come IS 'new';
CREATE INDEX m_a ON m (a);
