--: title table of a publication
--: class publication-table
--: order 82
--: compare attributes
-- identity is the publication and the table; definition is what follows TABLE
-- in ALTER PUBLICATION ADD, all of it said by the attributes too.
--
-- A server before 15 has neither prattrs nor prqual: the names then mean the
-- outer query's.
SELECT 'pg_catalog.pg_publication_rel'::regclass::oid AS classid,
       r.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I %s', p.pubname, v.table) AS identity,
       pg_catalog.format('publication %I', p.pubname) AS parent,
       pg_catalog.concat_ws(' ',
           v.table,
           '(' || v.columns || ')',
           'WHERE (' || v.filter || ')') AS definition,
       v.columns,
       v.filter
  FROM (SELECT NULL::int2vector AS prattrs,
               NULL::pg_node_tree AS prqual) AS missing
 CROSS JOIN LATERAL (
       SELECT f.*, prattrs AS attrs, prqual AS qual
         FROM pg_catalog.pg_publication_rel AS f) AS r
  JOIN pg_catalog.pg_publication AS p ON p.oid = r.prpubid
  JOIN pg_catalog.pg_class AS c ON c.oid = r.prrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (
       SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS table,
              (SELECT pg_catalog.string_agg(
                          pg_catalog.quote_ident(a.attname), ', '
                          ORDER BY a.attname COLLATE "C")
                 FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = c.oid
                  AND a.attnum = ANY (r.attrs::int2[])) AS columns,
              pg_catalog.pg_get_expr(r.qual, c.oid) AS filter) AS v
 WHERE NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_publication'::regclass
          AND e.objid = p.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
