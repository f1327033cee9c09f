--: title make the session ours or a revision's
-- After RESET ALL, so that current_setting() is what the role and the database
-- have by default, which stays where a parameter is NULL.
--
-- $1 lock_timeout; $2 the same for where there is no default either;
-- $3 statement_timeout; $4 role; $5 search_path; $6 how often to look whether
-- the client is still there (from 14 on); $7 synchronous_commit of this
-- transaction; tb.started: when the step began.
SELECT pg_catalog.set_config(s.name, s.value, s.local)
  FROM (VALUES ('standard_conforming_strings', 'on', false),
               ('default_transaction_read_only', 'off', false),
               ('idle_in_transaction_session_timeout', '0', false),
               ('role', $4::pg_catalog.text, false),
               ('lock_timeout', COALESCE($1::pg_catalog.text,
                   CASE pg_catalog.current_setting('lock_timeout')
                       WHEN '0' THEN $2::pg_catalog.text
                   END), false),
               ('statement_timeout', $3::pg_catalog.text, false),
               ('client_connection_check_interval', $6::pg_catalog.text,
                false),
               ('synchronous_commit', $7::pg_catalog.text, true),
               ('tb.started', EXTRACT(EPOCH FROM
                   pg_catalog.clock_timestamp())::pg_catalog.text, false),
               ('search_path', $5::pg_catalog.text, false))
       AS s (name, value, local)
 WHERE s.value IS NOT NULL
