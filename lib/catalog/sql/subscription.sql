--: title subscription
--: class subscription
--: order 83
--: compare attributes
-- definition is the whole CREATE SUBSCRIPTION, which connects to nobody; all
-- of it is said by the attributes too.  Passwords are left out of both; secrets
-- tells that there is one.  The server does not let everyone read the
-- connection.
--
-- Not every column is for everyone's eyes, which ones depends on the version,
-- and a statement that only mentions another is refused: those are looked at
-- by one that is put together of what may be read, in query_to_xml().  That
-- returns XML; in hexadecimal there is nothing to unescape.  The oid is found
-- by name for the same reason.
--
-- Other columns came with 14 to 17: before, the names mean the outer query's.
SELECT 'pg_catalog.pg_subscription'::regclass::oid AS classid,
       s.objid,
       0 AS objsubid,
       pg_catalog.quote_ident(s.subname) AS identity,
       NULL::text AS parent,
       pg_catalog.format('CREATE SUBSCRIPTION %I CONNECTION %L '
           'PUBLICATION %s WITH (%s)', s.subname, h.connection,
           s.publications, pg_catalog.concat_ws(', ',
               'connect = false',
               'slot_name = ' || COALESCE(
                   pg_catalog.quote_literal(s.slot), 'NONE'),
               'synchronous_commit = ' || h.synchronous_commit,
               'binary = ' || s.binary,
               'streaming = ' || s.streaming,
               'two_phase = ' || s.two_phase,
               'disable_on_error = ' || s.disable_on_error,
               'password_required = ' || s.password_required,
               'run_as_owner = ' || s.run_as_owner,
               'origin = ' || s.origin,
               'failover = ' || s.failover)) AS definition,
       s.enabled,
       h.connection,
       h.secrets,
       s.publications,
       s.slot,
       h.synchronous_commit,
       s.binary,
       s.streaming,
       s.two_phase,
       s.disable_on_error,
       s.password_required,
       s.run_as_owner,
       s.origin,
       s.failover
  FROM (SELECT NULL::text AS subbinary,
               NULL::text AS substream,
               NULL::text AS subtwophasestate,
               NULL::text AS subdisableonerr,
               NULL::text AS subpasswordrequired,
               NULL::text AS subrunasowner,
               NULL::text AS suborigin,
               NULL::text AS subfailover) AS missing
 CROSS JOIN LATERAL (
       SELECT CASE WHEN f.subdbid = d.oid
                  THEN (pg_catalog.pg_get_object_address('subscription',
                      ARRAY[f.subname::text], '{}')).objid
              END AS objid,
              f.subdbid,
              f.subname,
              f.subenabled::text AS enabled,
              (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(p.name),
                          ', ' ORDER BY p.name COLLATE "C")
                 FROM pg_catalog.unnest(f.subpublications) AS p(name))
                  AS publications,
              f.subslotname::text AS slot,
              subbinary::text AS binary,
              CASE substream::text
                  WHEN 'f' THEN 'false'
                  WHEN 't' THEN 'true'
                  WHEN 'p' THEN 'parallel'
                  ELSE substream::text
              END AS streaming,
              (subtwophasestate::text <> 'd')::text AS two_phase,
              subdisableonerr::text AS disable_on_error,
              subpasswordrequired::text AS password_required,
              subrunasowner::text AS run_as_owner,
              suborigin AS origin,
              subfailover::text AS failover
         FROM pg_catalog.pg_subscription AS f
         JOIN pg_catalog.pg_database AS d
           ON d.oid = f.subdbid
          AND d.datname = pg_catalog.current_database()) AS s
 CROSS JOIN LATERAL (
       SELECT pg_catalog.convert_from(pg_catalog.decode(
                  pg_catalog.substring(
                      pg_catalog.query_to_xml(pg_catalog.format(
                          'SELECT pg_catalog.encode(pg_catalog.convert_to('
                          'pg_catalog.jsonb_build_array(%s, %s)::text, '
                          '''UTF8''), ''hex'') AS x '
                          'FROM pg_catalog.pg_subscription AS s '
                          'WHERE s.subdbid = %s AND s.subname = %L',
                          CASE WHEN pg_catalog.has_column_privilege(
                                  'pg_catalog.pg_subscription',
                                  'subconninfo', 'SELECT')
                              THEN 's.subconninfo' ELSE 'NULL'
                          END,
                          CASE WHEN pg_catalog.has_column_privilege(
                                  'pg_catalog.pg_subscription',
                                  'subsynccommit', 'SELECT')
                              THEN 's.subsynccommit' ELSE 'NULL'
                          END,
                          s.subdbid, s.subname), false, false, '')::text,
                      '<x>([0-9a-f]*)</x>'), 'hex'), 'UTF8')::jsonb
                  AS columns) AS x
 CROSS JOIN LATERAL (
       SELECT CASE
                  WHEN x.columns ->> 0 ~ '^postgres(ql)?://'
                      THEN pg_catalog.regexp_replace(
                          pg_catalog.regexp_replace(x.columns ->> 0,
                              '^([a-z]+://[^/@:]*):[^/@]*@', '\1@'),
                          '(ssl)?password=[^&]*&?', '', 'g')
                  WHEN x.columns ->> 0 IS NULL THEN '(not readable)'
                  ELSE pg_catalog.btrim(pg_catalog.regexp_replace(
                      x.columns ->> 0,
                      '\m(ssl)?password\s*=\s*'
                      '(''(\\.|[^''\\])*''|(\\.|[^\s\\])*)\s*', '', 'g'))
              END AS connection,
              CASE
                  WHEN x.columns ->> 0 IS NULL THEN '(not readable)'
                  WHEN x.columns ->> 0 ~* '(^|[\s?&])(ssl)?password\s*='
                       OR x.columns ->> 0
                           ~ '^postgres(ql)?://[^/@:]*:[^/@]*@'
                  THEN 'password'
              END AS secrets,
              x.columns ->> 1 AS synchronous_commit) AS h
 WHERE NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_subscription'::regclass
          AND e.objid = s.objid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
