--: title Times without a time zone
--: warning 0
--: scope database
--: tier 3
--: hint Change them with ALTER TABLE ... TYPE timestamptz USING ... AT TIME ZONE the zone that was meant; that rewrites the table.
--: explain Columns of type timestamp without time zone in a database that has
--: explain columns with one as well: comparing the two depends on the setting of
--: explain each session.
WITH col AS (
    SELECT a.atttypid = 'pg_catalog.timestamp'::regtype AS bare,
           pg_catalog.format('%I.%I, column %I', n.nspname, c.relname,
               a.attname) AS text
      FROM pg_catalog.pg_attribute AS a
      JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE a.atttypid IN ('pg_catalog.timestamp'::regtype,
               'pg_catalog.timestamptz'::regtype)
       AND a.attnum > 0
       AND NOT a.attisdropped
       AND c.relkind IN ('r', 'p')
       AND NOT c.relispartition
       AND c.relpersistence <> 't'
       AND n.nspname NOT IN ('pg_catalog', 'information_schema')
       AND NOT EXISTS (SELECT
             FROM pg_catalog.pg_depend AS e
            WHERE e.classid = 'pg_catalog.pg_class'::regclass
              AND e.objid = c.oid
              AND e.deptype = 'e')
), state AS (
    SELECT pg_catalog.count(*) FILTER (WHERE col.bare) AS bare,
           pg_catalog.count(*) FILTER (WHERE NOT col.bare) AS zoned,
           pg_catalog.array_agg(col.text ORDER BY col.text COLLATE "C")
               FILTER (WHERE col.bare) AS texts
      FROM col
)
SELECT CASE WHEN state.zoned > 0 THEN state.bare ELSE 0 END::numeric AS value,
       pg_catalog.format('%s without, %s with', state.bare, state.zoned)
           AS message,
       CASE WHEN state.zoned > 0 THEN state.texts END AS objects
  FROM state
