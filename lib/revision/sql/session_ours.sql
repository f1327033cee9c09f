--: title make the session ours after a revision, for the bookkeeping
-- $1 is the role.  Of all that a revision may have set only this could mislead
-- or stop statements that qualify every name.
SELECT pg_catalog.set_config('role', $1::pg_catalog.text, false),
       pg_catalog.set_config('search_path', '', false),
       pg_catalog.set_config('lock_timeout', '1min', false),
       pg_catalog.set_config('statement_timeout', '0', false)
