CREATE SUBSCRIPTION enabled CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = 'slot');
CREATE SUBSCRIPTION connection
    CONNECTION 'host=h password=''it\''s one'' dbname=d' PUBLICATION p
    WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION password CONNECTION 'host=h password=one dbname=d'
    PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION secret CONNECTION 'host=h password=one dbname=d'
    PUBLICATION p WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION uri CONNECTION 'postgresql://u:one@h/d' PUBLICATION p
    WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION publications CONNECTION 'host=/nowhere' PUBLICATION a, b
    WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION slot CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = 'one');
CREATE SUBSCRIPTION sync CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION same CONNECTION 'host=/nowhere' PUBLICATION a, b
    WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION gone CONNECTION 'host=/nowhere' PUBLICATION p
    WITH (connect = false, slot_name = NONE);
