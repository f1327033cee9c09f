--: title scratch databases whose maker is gone
-- The maker's first session calls itself by the database's name, so that it is
-- seen from every database of the server; the second one is inside.
SELECT d.datname
  FROM pg_catalog.pg_database AS d
 WHERE d.datname ~ '^tb_scratch_[0-9]+_[0-9a-f]{8}$'
   AND pg_catalog.pg_has_role(d.datdba, 'MEMBER')
   AND NOT EXISTS (
           SELECT FROM pg_catalog.pg_stat_activity AS a
            WHERE a.datname = d.datname
               OR a.application_name = d.datname::pg_catalog.text)
