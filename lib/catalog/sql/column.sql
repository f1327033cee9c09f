--: title column
--: class column
--: order 52
--: compare attributes
-- definition is what follows the name in CREATE TABLE and ADD COLUMN, all of
-- it said by the attributes too.  A default is a fact of its own, but the
-- expression of a generated column and the sequence of an identity column
-- belong to the column.
--
-- origin "inherited": the column came with a parent and goes with it, no
-- statement on this table adds or drops it.
--
-- Options with two names: foreign_options are for the server of a foreign
-- table, options for ours.
--
-- A server before 14 has no attcompression: the name then means the outer
-- query's.
WITH relation AS MATERIALIZED (
    SELECT c.oid,
           c.relispartition,
           CASE c.relkind WHEN 'f' THEN 'foreign-table' ELSE 'table' END
               AS class,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'f')
       AND c.relpersistence <> 't'
       AND n.nspname !~ '^pg_'
       AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS e
            WHERE e.classid = 'pg_catalog.pg_class'::regclass
              AND e.objid = c.oid
              AND e.refclassid = 'pg_catalog.pg_extension'::regclass
              AND e.deptype = 'e')
), gap AS (
    SELECT a.attrelid,
           pg_catalog.array_agg(a.attnum) AS dropped
      FROM pg_catalog.pg_attribute AS a
     WHERE a.attisdropped
     GROUP BY a.attrelid
), live AS MATERIALIZED (
    SELECT a.attrelid,
           a.attnum,
           c.class,
           c.identity AS relation,
           a.attname,
           pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
           pg_catalog.quote_ident(cn.nspname) || '.'
               || pg_catalog.quote_ident(co.collname) AS collation,
           a.attnotnull AS not_null,
           CASE a.attgenerated
               WHEN 's' THEN 'stored'
               WHEN 'v' THEN 'virtual'
           END AS generated,
           CASE
               -- From 17 on a partition has its parent's identity.
               WHEN c.relispartition AND NOT a.attislocal
                   AND pg_catalog.current_setting('server_version_num')::int4
                       >= 170000
                   THEN NULL
               WHEN a.attidentity = 'a' THEN 'always'
               WHEN a.attidentity = 'd' THEN 'by default'
           END AS identity,
           CASE WHEN a.attstorage <> t.typstorage THEN
               CASE a.attstorage
                   WHEN 'p' THEN 'plain'
                   WHEN 'm' THEN 'main'
                   WHEN 'e' THEN 'external'
                   WHEN 'x' THEN 'extended'
               END
           END AS storage,
           CASE a.compression
               WHEN 'p' THEN 'pglz'
               WHEN 'l' THEN 'lz4'
           END AS compression,
           NULLIF(a.attstattarget, -1)::text AS statistics,
           -- Most have one that the server keeps for itself.
           CASE WHEN pg_catalog.cardinality(a.attoptions) > 1
                   OR a.attoptions[1] !~ '^pg_' THEN
               (SELECT pg_catalog.string_agg(
                           pg_catalog.quote_ident(
                               pg_catalog.split_part(o.opt, '=', 1)) || '='
                           || pg_catalog.quote_literal(pg_catalog.substr(
                               o.opt, pg_catalog.strpos(o.opt, '=') + 1)),
                           ', ' ORDER BY o.opt COLLATE "C")
                  FROM pg_catalog.unnest(a.attoptions) AS o(opt)
                 WHERE o.opt !~ '^pg_')
           END AS options,
           -- Rare, so it must cost nothing.
           CASE WHEN a.attfdwoptions IS NOT NULL THEN
               (SELECT pg_catalog.string_agg(pg_catalog.format('%I %L',
                           x.option_name, x.option_value), ', '
                           ORDER BY x.option_name COLLATE "C")
                  FROM pg_catalog.pg_options_to_table(a.attfdwoptions) AS x)
           END AS foreign_definition,
           CASE WHEN a.attfdwoptions IS NOT NULL THEN
               (SELECT pg_catalog.string_agg(pg_catalog.format('%I=%L',
                           x.option_name, x.option_value), ', '
                           ORDER BY x.option_name COLLATE "C")
                  FROM pg_catalog.pg_options_to_table(a.attfdwoptions) AS x)
           END AS foreign_options,
           CASE
               WHEN a.attinhcount = 0 THEN 'local'
               WHEN a.attislocal THEN 'both'
               ELSE 'inherited'
           END AS origin,
           CASE WHEN g.dropped IS NULL THEN a.attnum ELSE
               a.attnum - (SELECT pg_catalog.count(*)
                 FROM pg_catalog.unnest(g.dropped) AS d(attnum)
                WHERE d.attnum < a.attnum)
           END AS position
      FROM (SELECT NULL::text AS attcompression) AS missing
     CROSS JOIN LATERAL (
           SELECT f.*, attcompression::text AS compression
             FROM pg_catalog.pg_attribute AS f) AS a
      JOIN relation AS c ON c.oid = a.attrelid
      LEFT JOIN gap AS g ON g.attrelid = a.attrelid
      JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_collation AS co
        ON co.oid = a.attcollation
       AND a.attcollation <> t.typcollation
      LEFT JOIN pg_catalog.pg_namespace AS cn ON cn.oid = co.collnamespace
     WHERE a.attnum > 0
       AND NOT a.attisdropped
), expression AS (
    SELECT d.adrelid,
           d.adnum,
           pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression
      FROM pg_catalog.pg_attrdef AS d
      JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid = d.adrelid
       AND a.attnum = d.adnum
       AND a.attgenerated <> ''
), sequence AS (
    SELECT d.refobjid,
           d.refobjsubid,
           pg_catalog.format('%I.%I', n.nspname, c.relname) AS sequence,
           pg_catalog.format('START WITH %s INCREMENT BY %s MINVALUE %s '
               'MAXVALUE %s CACHE %s %s', s.seqstart, s.seqincrement,
               s.seqmin, s.seqmax, s.seqcache,
               CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)
               AS options
      FROM pg_catalog.pg_depend AS d
      JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = d.objid
      JOIN pg_catalog.pg_class AS c ON c.oid = d.objid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE d.classid = 'pg_catalog.pg_class'::regclass
       AND d.refclassid = 'pg_catalog.pg_class'::regclass
       AND d.deptype = 'i'
), not_null AS (
    -- A row for each column from 18 on, none before.
    SELECT k.conrelid,
           k.conkey[1] AS attnum,
           pg_catalog.concat_ws(', ',
               CASE WHEN NOT k.convalidated THEN 'not valid' END,
               CASE WHEN k.connoinherit THEN 'no inherit' END) AS state
      FROM pg_catalog.pg_constraint AS k
     WHERE k.contype = 'n'
       AND k.conrelid <> 0
       AND (k.connoinherit OR NOT k.convalidated)
)
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       l.attrelid AS objid,
       l.attnum::int4 AS objsubid,
       l.relation || '.' || pg_catalog.quote_ident(l.attname) AS identity,
       l.class || ' ' || l.relation AS parent,
       pg_catalog.concat_ws(' ', l.type,
           'OPTIONS (' || l.foreign_definition || ')',
           'COLLATE ' || l.collation,
           'GENERATED ALWAYS AS (' || e.expression || ') '
               || pg_catalog.upper(l.generated),
           CASE
               WHEN l.not_null AND n.state IS NULL THEN 'NOT NULL'
               WHEN n.state = 'no inherit' THEN 'NOT NULL NO INHERIT'
           END,
           'GENERATED ' || pg_catalog.upper(l.identity)
               || ' AS IDENTITY (SEQUENCE NAME ' || s.sequence || ' '
               || s.options || ')') AS definition,
       l.type,
       l.collation,
       l.not_null::text AS not_null,
       n.state AS not_null_state,
       l.identity AS identity_generation,
       CASE WHEN l.identity IS NOT NULL THEN s.sequence
       END AS identity_sequence,
       CASE WHEN l.identity IS NOT NULL THEN s.options END AS identity_options,
       l.generated,
       e.expression,
       l.storage,
       l.compression,
       l.statistics,
       l.options,
       l.foreign_options,
       l.origin,
       l.position::text AS position
  FROM live AS l
  LEFT JOIN expression AS e
    ON e.adrelid = l.attrelid
   AND e.adnum = l.attnum
  LEFT JOIN sequence AS s
    ON s.refobjid = l.attrelid
   AND s.refobjsubid = l.attnum
  LEFT JOIN not_null AS n
    ON n.conrelid = l.attrelid
   AND n.attnum = l.attnum
