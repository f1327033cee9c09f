--: title how the statements of an event went
-- Apart from tb.event: a run sends all it has to send before the first answer
-- comes, and how long a statement took is known only then.  event is an id of
-- tb.event, whose rows never go.
CREATE TABLE tb.event_detail (
    event pg_catalog.int8 PRIMARY KEY,
    statements pg_catalog.jsonb,
    notices pg_catalog.jsonb
)
