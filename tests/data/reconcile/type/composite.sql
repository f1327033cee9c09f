--: expect composite-type composite.come: added
--: expect attribute composite.c.b: added
--: expect attribute composite.c.x: removed
--: expect attribute composite.c.a: type
--: allow data-loss
--: allow-back data-loss
--: left
CREATE TYPE c AS (a integer, x text);
--: right
CREATE TYPE come AS (a integer, b text COLLATE "C");
COMMENT ON TYPE come IS 'new';
COMMENT ON COLUMN come.a IS 'an attribute';
CREATE TYPE c AS (a bigint, b date);
