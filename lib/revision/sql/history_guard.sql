--: title refuse to change tb.event
CREATE FUNCTION tb.refuse_change() RETURNS pg_catalog.trigger
LANGUAGE plpgsql
SET search_path = ''
AS $$
BEGIN
    RAISE EXCEPTION 'rows of tb.event are only ever added'
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'Drop its trigger "append_only" if you must.';
END;
$$
