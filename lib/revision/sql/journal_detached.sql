--: title how far a partition is detached
-- $1 is the parent, $2 the partition.  "attached", "pending" or "gone";
-- inhdetachpending is new in 14.
SELECT coalesce((
           SELECT CASE pg_catalog.to_jsonb(i) ->> 'inhdetachpending'
                      WHEN 'true' THEN 'pending'
                      ELSE 'attached'
                  END
             FROM pg_catalog.pg_inherits AS i
            WHERE i.inhparent = pg_catalog.to_regclass($1)
              AND i.inhrelid = pg_catalog.to_regclass($2)), 'gone') AS state
