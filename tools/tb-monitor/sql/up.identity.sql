--: title System identifier
--: critical 0
--: tier 1
--: param expect
--: hint It is another cluster: a restored copy, a new initdb, or the wrong host.
--: explain The number that initdb gave to the cluster.  With expect=NUMBER it is
--: explain critical if it is another one (value 1).
SELECT CASE WHEN $1::text = c.system_identifier::text THEN 0
            WHEN $1 IS NOT NULL THEN 1
       END::numeric AS value,
       CASE WHEN $1 <> c.system_identifier::text
            THEN pg_catalog.format('%s, expected %s', c.system_identifier, $1)
            ELSE c.system_identifier::text
       END AS message
  FROM pg_catalog.pg_control_system() AS c
