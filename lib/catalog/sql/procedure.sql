--: title procedure
--: class procedure
--: order 41
-- definition is the whole CREATE OR REPLACE.  arguments tells whether it can
-- replace: a name that changed or a default that went needs DROP.
SELECT 'pg_catalog.pg_proc'::regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I(%s)', n.nspname, p.proname,
           (SELECT pg_catalog.string_agg(
                       pg_catalog.format_type(t.type, NULL), ', '
                       ORDER BY t.position)
              FROM pg_catalog.unnest(p.proargtypes)
                   WITH ORDINALITY AS t(type, position))) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.pg_get_functiondef(p.oid) AS definition,
       pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
       l.lanname::text AS language,
       p.prosecdef::text AS security_definer,
       CASE WHEN p.proconfig IS NOT NULL THEN
           (SELECT pg_catalog.string_agg(s.name || '=' || CASE
                       WHEN s.name IN ('local_preload_libraries',
                                       'search_path',
                                       'session_preload_libraries',
                                       'shared_preload_libraries',
                                       'temp_tablespaces',
                                       'unix_socket_directories') THEN
                           COALESCE((SELECT pg_catalog.string_agg(CASE
                                       WHEN m.part[1] NOT LIKE '"%'
                                           THEN m.part[1]
                                       ELSE pg_catalog.quote_ident(
                                           pg_catalog.replace(
                                               pg_catalog.substr(m.part[1], 2,
                                                   pg_catalog.length(m.part[1])
                                                   - 2), '""', '"'))
                                   END, ', ' ORDER BY m.place)
                              FROM pg_catalog.regexp_matches(s.value,
                                  '"(?:[^"]|"")*"|[^",[:space:]]+', 'g')
                                  WITH ORDINALITY AS m(part, place)), '""')
                       ELSE s.value
                   END, ', ' ORDER BY s.place)
              FROM (SELECT pg_catalog.split_part(c.text, '=', 1) AS name,
                           pg_catalog.substr(c.text,
                               pg_catalog.strpos(c.text, '=') + 1) AS value,
                           c.place
                      FROM pg_catalog.unnest(p.proconfig)
                           WITH ORDINALITY AS c(text, place)) AS s)
       END AS settings
  FROM pg_catalog.pg_proc AS p
  JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang
 WHERE p.prokind = 'p'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_proc'::regclass
          AND e.objid = p.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
