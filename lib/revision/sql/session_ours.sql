--: title make the session ours after a revision, for the bookkeeping
-- $1 is the role, $2 who logged in.  Of all that a revision may have set only
-- this could mislead or stop statements that qualify every name.  Becoming
-- another user forgets the role, so it comes first.
SELECT pg_catalog.num_nulls(
           CASE WHEN SESSION_USER::pg_catalog.text <> $2::pg_catalog.text
               THEN pg_catalog.set_config('session_authorization', $2, false)
           END,
           CASE WHEN pg_catalog.current_setting('role')
                   <> $1::pg_catalog.text
               THEN pg_catalog.set_config('role', $1, false)
           END,
           pg_catalog.set_config('search_path', '', false),
           pg_catalog.set_config('lock_timeout', '1min', false),
           pg_catalog.set_config('statement_timeout', '0', false))
