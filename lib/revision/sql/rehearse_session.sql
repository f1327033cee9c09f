--: title make the session one for a revision that is rehearsed
-- After RESET ALL.  NULL leaves what the role and the database have by
-- default.  Nobody is to wait for us behind a lock that we wait for.
SELECT pg_catalog.set_config(s.name, s.value, false)
  FROM (VALUES ('standard_conforming_strings', 'on'),
               ('default_transaction_read_only', 'off'),
               ('idle_in_transaction_session_timeout', '0'),
               ('role', $1::pg_catalog.text),
               ('lock_timeout', $2::pg_catalog.text),
               ('statement_timeout', $3::pg_catalog.text)) AS s (name, value)
 WHERE s.value IS NOT NULL
