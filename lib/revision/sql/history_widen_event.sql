--: title let a log of before say what else is done
ALTER TABLE tb.event
    DROP CONSTRAINT IF EXISTS event_action_check
