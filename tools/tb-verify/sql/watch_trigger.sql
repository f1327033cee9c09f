--: title see every statement that makes or alters
CREATE EVENT TRIGGER tb_watch ON ddl_command_end
EXECUTE FUNCTION tb.note_ddl()
