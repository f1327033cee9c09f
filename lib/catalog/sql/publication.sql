--: title publication
--: class publication
--: order 80
--: compare attributes
-- definition is the whole CREATE PUBLICATION but for tables and schemas, which
-- are facts of their own; all of it is said by the attributes too.
--
-- A server before 18 has no pubgencols: the name then means the outer query's.
SELECT 'pg_catalog.pg_publication'::regclass::oid AS classid,
       p.oid AS objid,
       0 AS objsubid,
       pg_catalog.quote_ident(p.pubname) AS identity,
       NULL::text AS parent,
       pg_catalog.format('CREATE PUBLICATION %I%s WITH (%s)', p.pubname,
           CASE WHEN p.puballtables THEN ' FOR ALL TABLES' END,
           pg_catalog.concat_ws(', ',
               'publish = ' || pg_catalog.quote_literal(v.publish),
               CASE WHEN p.pubviaroot
                   THEN 'publish_via_partition_root = true' END,
               'publish_generated_columns = '
                   || NULLIF(v.generated_columns, 'none'))) AS definition,
       p.puballtables::text AS all_tables,
       v.publish,
       p.pubviaroot::text AS via_partition_root,
       v.generated_columns
  FROM (SELECT NULL::text AS pubgencols) AS missing
 CROSS JOIN LATERAL (
       SELECT f.*, pubgencols::text AS gencols
         FROM pg_catalog.pg_publication AS f) AS p
 CROSS JOIN LATERAL (
       SELECT pg_catalog.concat_ws(', ',
                  CASE WHEN p.pubinsert THEN 'insert' END,
                  CASE WHEN p.pubupdate THEN 'update' END,
                  CASE WHEN p.pubdelete THEN 'delete' END,
                  CASE WHEN p.pubtruncate THEN 'truncate' END) AS publish,
              CASE p.gencols WHEN 'n' THEN 'none' WHEN 's' THEN 'stored' END
                  AS generated_columns) AS v
 WHERE NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_publication'::regclass
          AND e.objid = p.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
