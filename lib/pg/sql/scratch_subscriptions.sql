--: title statements that drop the subscriptions of this database
-- With a slot, DROP would connect to the publisher to drop it there.
SELECT pg_catalog.format('ALTER SUBSCRIPTION %I DISABLE', s.subname)
           AS disable,
       pg_catalog.format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)',
           s.subname) AS forget,
       pg_catalog.format('DROP SUBSCRIPTION %I', s.subname) AS drop
  FROM pg_catalog.pg_subscription AS s
  JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
 WHERE d.datname = pg_catalog.current_database()
