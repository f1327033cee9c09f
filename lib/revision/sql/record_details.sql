--: title statements and notices of events
INSERT INTO tb.event_detail (event, statements, notices)
SELECT d.event,
       d.statements,
       d.notices
  FROM pg_catalog.jsonb_to_recordset($1::pg_catalog.jsonb)
       AS d (event pg_catalog.int8, statements pg_catalog.jsonb,
           notices pg_catalog.jsonb)
