--: title become ourselves until the transaction ends
-- $1 is the role.  A revision may have set all of these.
SELECT pg_catalog.set_config('role', $1, true),
       pg_catalog.set_config('search_path', '', true),
       pg_catalog.set_config('lock_timeout', '1min', true),
       pg_catalog.set_config('statement_timeout', '0', true)
