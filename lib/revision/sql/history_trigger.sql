--: title tb.event is append-only
CREATE TRIGGER append_only
BEFORE UPDATE OR DELETE OR TRUNCATE ON tb.event
FOR EACH STATEMENT
EXECUTE FUNCTION tb.refuse_change()
