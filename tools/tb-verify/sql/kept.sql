--: title databases that were kept to replay only what is new
-- Those of this role that the comment says to be of this database; and those
-- that nobody will want: of a database that is gone, not used for a month, or
-- without a comment, since whoever kept it was killed.
WITH kept AS (
    SELECT d.datname,
           c.text,
           pg_catalog.substring(c.text, '\nof ([0-9]+)')::pg_catalog.oid AS of,
           pg_catalog.substring(c.text, '\nused ([0-9-]+)')::pg_catalog.date
               AS used
      FROM pg_catalog.pg_database AS d
     CROSS JOIN LATERAL pg_catalog.shobj_description(d.oid, 'pg_database')
           AS c(text)
     WHERE d.datname ~ '^tb_scratch_kept_[0-9a-f]{16}$'
       AND d.datdba = (SELECT r.oid
             FROM pg_catalog.pg_roles AS r
            WHERE r.rolname = CURRENT_USER)
)
SELECT k.datname,
       k.text,
       pg_catalog.substring(k.text, '\nkey ([0-9a-f]+)') AS key,
       COALESCE(pg_catalog.substring(k.text, '\nextensions (.*)'), '')
           AS extensions,
       o.datname = pg_catalog.current_database() AS ours,
       o.datname IS NULL OR k.used IS NULL OR k.used < CURRENT_DATE - 30
           AS useless
  FROM kept AS k
  LEFT JOIN pg_catalog.pg_database AS o ON o.oid = k.of
 ORDER BY k.used DESC, k.datname COLLATE "C"
