--: title let a table of before keep the other keys of a revision
ALTER TABLE tb.revision
    ADD COLUMN IF NOT EXISTS keys pg_catalog.text
