--: title Constraints never validated
--: warning 0
--: scope database
--: tier 3
--: hint Run ALTER TABLE ... VALIDATE CONSTRAINT: it reads the table and lets others write meanwhile.
--: explain Constraints made with NOT VALID and not validated since: rows from
--: explain before may break them, and the planner does not rely on them.
-- to_jsonb() finds a column that servers before 18 do not have: a constraint
-- that is not enforced cannot be valid.
WITH bad AS (
    SELECT pg_catalog.format('%I on %s %I.%I', k.conname,
               CASE WHEN k.contypid <> 0 THEN 'domain' ELSE 'table' END,
               COALESCE(tn.nspname, yn.nspname),
               COALESCE(t.relname, y.typname)) AS text
      FROM pg_catalog.pg_constraint AS k
      LEFT JOIN pg_catalog.pg_class AS t ON t.oid = k.conrelid
      LEFT JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
      LEFT JOIN pg_catalog.pg_type AS y ON y.oid = k.contypid
      LEFT JOIN pg_catalog.pg_namespace AS yn ON yn.oid = y.typnamespace
     WHERE NOT k.convalidated
       AND k.conparentid = 0
       AND COALESCE((pg_catalog.to_jsonb(k) ->> 'conenforced')::bool, true)
)
SELECT pg_catalog.count(*)::numeric AS value,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.format('%s NOT VALID', pg_catalog.count(*))
       END AS message,
       pg_catalog.array_agg(bad.text ORDER BY bad.text COLLATE "C") AS objects
  FROM bad
