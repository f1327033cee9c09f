--: title Primary or standby
--: critical 0
--: tier 0
--: param expect any
--: hint If nobody has switched over on purpose, look at the other server before you do anything to this one.
--: explain Whether the server is a primary or a standby.  With expect=primary or
--: explain expect=standby it is critical if it is the other one (value 1).
WITH server AS (
    SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'standby'
                ELSE 'primary' END AS role,
           $1::text AS expected
)
SELECT CASE server.expected WHEN 'any' THEN NULL
                            WHEN server.role THEN 0
                            ELSE 1
       END::numeric AS value,
       CASE WHEN server.expected IN ('any', server.role) THEN server.role
            ELSE pg_catalog.format('%s, expected a %s', server.role,
                     server.expected)
       END AS message,
       CASE WHEN server.expected NOT IN ('any', 'primary', 'standby')
            THEN pg_catalog.format(
                     'parameter expect is any, primary or standby, not "%s"',
                     server.expected)
       END AS unknown
  FROM server
