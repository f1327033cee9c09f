--: expect schema extra_new: added
--: allow-back data-loss
--: right
CREATE SCHEMA extra_new;
COMMENT ON SCHEMA extra_new IS 'more';
CREATE TABLE extra_new.t (a integer);
