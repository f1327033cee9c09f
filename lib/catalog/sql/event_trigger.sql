--: title event trigger
--: class event-trigger
--: order 95
-- definition is the whole CREATE EVENT TRIGGER.
SELECT 'pg_catalog.pg_event_trigger'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(t.evtname) AS identity,
       NULL::text AS parent,
       pg_catalog.format('CREATE EVENT TRIGGER %I ON %s%s '
           'EXECUTE FUNCTION %I.%I()', t.evtname, t.evtevent,
           (SELECT ' WHEN TAG IN (' || pg_catalog.string_agg(
                       pg_catalog.quote_literal(g.tag), ', '
                       ORDER BY g.tag COLLATE "C") || ')'
              FROM pg_catalog.unnest(t.evttags) AS g(tag)),
           n.nspname, p.proname) AS definition,
       CASE t.evtenabled
           WHEN 'O' THEN 'origin'
           WHEN 'D' THEN 'disabled'
           WHEN 'R' THEN 'replica'
           WHEN 'A' THEN 'always'
       END AS enabled
  FROM pg_catalog.pg_event_trigger AS t
  JOIN pg_catalog.pg_proc AS p ON p.oid = t.evtfoid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
 WHERE NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_event_trigger'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
