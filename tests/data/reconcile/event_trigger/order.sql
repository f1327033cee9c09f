--: expect event-trigger refuses: added
--: expect function "order".refuse(): added
--: expect schema order_new: added
--: expect table "order".old: removed
--: expect column "order".t.b: added
--: expect comment table "order".t: added
--: allow data-loss
--: allow-back data-loss
--: both
CREATE TABLE t (a integer);
--: left
CREATE TABLE old (a integer);
--: right
ALTER TABLE t ADD COLUMN b integer;
COMMENT ON TABLE t IS 'seen';
CREATE SCHEMA order_new;
CREATE TABLE order_new.t (a integer);
CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
    IF tg_tag IN ('CREATE TABLE', 'ALTER TABLE', 'CREATE SCHEMA', 'DROP TABLE',
            'DROP SCHEMA', 'COMMENT') THEN
        RAISE 'refused: %', tg_tag;
    END IF;
END
$$;
CREATE EVENT TRIGGER refuses ON ddl_command_start EXECUTE FUNCTION refuse();
