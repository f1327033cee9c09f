--: title write down what a statement has dropped
CREATE OR REPLACE FUNCTION tb.note_drop() RETURNS pg_catalog.event_trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $$
BEGIN
    INSERT INTO tb.ddl (tag, identity)
    SELECT tg_tag, d.object_type || ' ' || d.object_identity
      FROM pg_catalog.pg_event_trigger_dropped_objects() AS d
     WHERE d.original
       AND NOT d.is_temporary
       AND COALESCE(d.schema_name, '') <> 'tb';
END
$$
