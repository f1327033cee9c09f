--: title Disabled triggers
--: warning 0
--: scope database
--: tier 3
--: hint Switch them on again with ALTER TABLE ... ENABLE TRIGGER; what came in meanwhile was not looked at by them.
--: explain Triggers that are switched off, those behind foreign keys included:
--: explain such a key is not enforced.
WITH bad AS (
    SELECT pg_catalog.format('%s on %I.%I',
               CASE WHEN k.oid IS NOT NULL
                    THEN pg_catalog.format('foreign key %I', k.conname)
                    ELSE pg_catalog.format('trigger %I', g.tgname)
               END, n.nspname, t.relname) AS text
      FROM pg_catalog.pg_trigger AS g
      JOIN pg_catalog.pg_class AS t ON t.oid = g.tgrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
      LEFT JOIN pg_catalog.pg_constraint AS k
        ON k.oid = g.tgconstraint AND g.tgisinternal
     WHERE g.tgenabled = 'D'
)
SELECT pg_catalog.count(*)::numeric AS value,
       CASE WHEN pg_catalog.count(*) = 0 THEN 'none'
            ELSE pg_catalog.format('%s off', pg_catalog.count(*))
       END AS message,
       pg_catalog.array_agg(DISTINCT bad.text) AS objects
  FROM bad
