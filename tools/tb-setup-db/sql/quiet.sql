--: title keep the next statements of this transaction out of the server's log
-- Not the password would be there, only its verifier; but that is for nobody's
-- eyes either.
SELECT pg_catalog.set_config(s.name, s.value, true)
  FROM (VALUES ('log_statement', 'none'),
               ('log_min_error_statement', 'panic'),
               ('log_min_duration_statement', '-1'),
               ('log_duration', 'off')) AS s(name, value)
