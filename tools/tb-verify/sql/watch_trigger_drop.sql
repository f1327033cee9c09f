--: title see every statement that drops
CREATE EVENT TRIGGER tb_watch_drop ON sql_drop
EXECUTE FUNCTION tb.note_drop()
