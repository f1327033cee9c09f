--: title make the session ours or a revision's
-- After RESET ALL, so that current_setting() is what the role and the database
-- have by default, which stays where a parameter is NULL.
--
-- $1 lock_timeout; $2 the same for where there is no default either;
-- $3 statement_timeout; $4 role; $5 search_path; $6 how often to look whether
-- the client is still there (from 14 on); $7 synchronous_commit of this
-- transaction; $8 who logged in; $9 the name of the program, which RESET ALL
-- takes from a session that a pooler lends; tb.started: when the step began.
--
-- It is sent for each revision: one row, one column, and what is right already
-- is not set.  In this order: becoming another user forgets the role.
SELECT pg_catalog.num_nulls(
           CASE WHEN SESSION_USER::pg_catalog.text <> $8::pg_catalog.text
               THEN pg_catalog.set_config('session_authorization', $8, false)
           END,
           CASE WHEN pg_catalog.current_setting('role')
                   <> $4::pg_catalog.text
               THEN pg_catalog.set_config('role', $4, false)
           END,
           CASE WHEN pg_catalog.current_setting('standard_conforming_strings')
                   <> 'on'
               THEN pg_catalog.set_config('standard_conforming_strings', 'on',
                   false)
           END,
           CASE WHEN pg_catalog.current_setting(
                   'default_transaction_read_only') <> 'off'
               THEN pg_catalog.set_config('default_transaction_read_only',
                   'off', false)
           END,
           CASE WHEN pg_catalog.current_setting(
                   'idle_in_transaction_session_timeout') <> '0'
               THEN pg_catalog.set_config(
                   'idle_in_transaction_session_timeout', '0', false)
           END,
           CASE
               WHEN $1::pg_catalog.text IS NOT NULL
               THEN pg_catalog.set_config('lock_timeout', $1, false)
               WHEN $2::pg_catalog.text IS NOT NULL
                   AND pg_catalog.current_setting('lock_timeout') = '0'
               THEN pg_catalog.set_config('lock_timeout', $2, false)
           END,
           CASE WHEN $3::pg_catalog.text IS NOT NULL
               THEN pg_catalog.set_config('statement_timeout', $3, false)
           END,
           CASE WHEN $6::pg_catalog.text IS NOT NULL
               THEN pg_catalog.set_config('client_connection_check_interval',
                   $6, false)
           END,
           CASE WHEN pg_catalog.current_setting('application_name') = ''
               THEN pg_catalog.set_config('application_name',
                   $9::pg_catalog.text, false)
           END,
           CASE WHEN $7::pg_catalog.text IS NOT NULL
               THEN pg_catalog.set_config('synchronous_commit', $7, true)
           END,
           CASE WHEN $5::pg_catalog.text IS NOT NULL
               THEN pg_catalog.set_config('search_path', $5, false)
           END,
           pg_catalog.set_config('tb.started', EXTRACT(EPOCH FROM
               pg_catalog.clock_timestamp())::pg_catalog.text, false))
