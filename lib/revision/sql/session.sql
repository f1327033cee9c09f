--: title make the session ours or a revision's
-- After RESET ALL.  $1 and $2 are the timeouts, $3 the role, $4 search_path;
-- NULL leaves what the role and the database have by default.
SELECT pg_catalog.set_config(s.name, s.value, false)
  FROM (VALUES ('standard_conforming_strings', 'on'),
               ('default_transaction_read_only', 'off'),
               ('idle_in_transaction_session_timeout', '0'),
               ('role', $3::pg_catalog.text),
               ('lock_timeout', $1::pg_catalog.text),
               ('statement_timeout', $2::pg_catalog.text),
               ('search_path', $4::pg_catalog.text)) AS s (name, value)
 WHERE s.value IS NOT NULL
