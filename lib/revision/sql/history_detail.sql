--: title how the statements of an event went
-- Apart from tb.event: a run sends all it has to send before the first answer
-- comes, and how long a statement took is known only then.
CREATE TABLE tb.event_detail (
    event pg_catalog.int8 PRIMARY KEY REFERENCES tb.event,
    statements pg_catalog.jsonb,
    notices pg_catalog.jsonb
)
