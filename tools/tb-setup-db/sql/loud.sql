--: title let the server log again as it did before quiet.sql
SELECT pg_catalog.set_config(s.name, s.reset_val, true)
  FROM pg_catalog.pg_settings AS s
 WHERE s.name IN ('log_statement', 'log_min_error_statement',
                  'log_min_duration_statement', 'log_duration')
