--: title write down what a statement has made or altered
-- Whoever that is must be able to, so it runs with its owner's rights.
CREATE OR REPLACE FUNCTION tb.note_ddl() RETURNS pg_catalog.event_trigger
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $$
BEGIN
    INSERT INTO tb.ddl (tag, identity)
    SELECT c.command_tag, c.object_type || ' ' || c.object_identity
      FROM pg_catalog.pg_event_trigger_ddl_commands() AS c
     WHERE COALESCE(c.schema_name, '') !~ '^(tb|pg_temp.*)$';
END
$$
