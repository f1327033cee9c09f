--: title extensions that the database has
SELECT x.extname
  FROM pg_catalog.pg_extension AS x
 ORDER BY x.extname COLLATE "C"
