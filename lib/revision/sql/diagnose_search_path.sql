--: title for this transaction the search_path that a revision gets
SELECT pg_catalog.set_config('search_path', s.reset_val, true)
  FROM pg_catalog.pg_settings AS s
 WHERE s.name = 'search_path'
