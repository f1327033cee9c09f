CREATE SUBSCRIPTION enabled CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = 'slot');
ALTER SUBSCRIPTION enabled ENABLE;
CREATE SUBSCRIPTION connection
    CONNECTION 'host=other password=''it\''s two'' dbname=d' PUBLICATION p
    WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION password CONNECTION 'host=h password=two dbname=d'
    PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION secret CONNECTION 'host=h dbname=d'
    PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION uri CONNECTION 'postgresql://u:two@h/d' PUBLICATION p
    WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION publications CONNECTION 'host=/nowhere' PUBLICATION a, c
    WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION slot CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = 'two');
CREATE SUBSCRIPTION sync CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = NONE, synchronous_commit = on);
CREATE SUBSCRIPTION same CONNECTION 'host=/nowhere' PUBLICATION b, a
    WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION come CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = NONE);
