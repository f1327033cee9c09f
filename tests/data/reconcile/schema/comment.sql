--: expect comment table comment.changed: definition
--: expect comment table comment.gone: removed
--: expect comment table comment.come: added
--: expect comment column comment.changed.a: added
--: expect comment schema comment: added
--: both
CREATE TABLE changed (a integer);
CREATE TABLE gone (a integer);
CREATE TABLE come (a integer);
--: left
COMMENT ON TABLE changed IS 'one';
COMMENT ON TABLE gone IS E'with a line\nend and a ''quote''';
--: right
COMMENT ON TABLE changed IS 'two';
COMMENT ON TABLE come IS E'back\\slash';
COMMENT ON COLUMN changed.a IS 'a column';
COMMENT ON SCHEMA comment IS '-- no comment';
