--: title let a log of before say what else is done
ALTER TABLE tb.event
    DROP CONSTRAINT IF EXISTS event_action_check,
    ADD CONSTRAINT event_action_check CHECK (action ~ '^[a-z]+(-[a-z]+)*$')
