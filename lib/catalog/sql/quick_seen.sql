--: title statements that may be to blame, as pg_stat_statements has seen them
--: kind quick-seen
-- public is replaced by the schema that the extension is in.  $1 is a time;
-- when a statement was seen first is known from 17 on.  What revisions have
-- run is not to blame: their texts are in tb.revision.  From 16 on constants
-- are shown as parameters.
SELECT pg_catalog."left"(pg_catalog.btrim(pg_catalog.regexp_replace(s.query,
           '\s+', ' ', 'g')), 300) AS statement,
       pg_catalog.pg_get_userbyid(s.userid) AS role,
       pg_catalog.sum(s.calls) AS calls,
       pg_catalog.to_char(pg_catalog.min((pg_catalog.to_jsonb(s)
               ->> 'stats_since')::pg_catalog.timestamptz)
           AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
  FROM public.pg_stat_statements AS s
 WHERE s.dbid = (SELECT d.oid
         FROM pg_catalog.pg_database AS d
        WHERE d.datname = pg_catalog.current_database())
   AND s.query ~* ('^\s*(ALTER|COMMENT|CREATE|DROP|GRANT|IMPORT|REASSIGN'
           '|REVOKE|SECURITY)\M')
   AND s.query !~* ('^\s*(ALTER|CREATE|DROP)\s+(GROUP|ROLE|SYSTEM|TABLESPACE'
           '|TEMP|TEMPORARY|USER(?!\s+MAPPING))\M')
   AND s.query !~ '\m(tb\.|SCHEMA tb\M|alembic_version\M)'
   AND COALESCE((pg_catalog.to_jsonb(s) ->> 'stats_since')
               ::pg_catalog.timestamptz > $1::pg_catalog.timestamptz, true)
   AND NOT EXISTS (SELECT
         FROM tb.revision AS r
        WHERE pg_catalog.concat(r.upgrade, r.downgrade) LIKE '%'
              || pg_catalog.regexp_replace(pg_catalog.regexp_replace(s.query,
                     '([\\%_])', '\\\1', 'g'), '\$[0-9]+', '%', 'g') || '%')
 GROUP BY s.query, s.userid, pg_catalog.to_jsonb(s) ->> 'stats_since'
 ORDER BY since DESC NULLS LAST, s.query COLLATE "C"
 LIMIT 20
