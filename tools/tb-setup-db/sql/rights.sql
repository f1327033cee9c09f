--: title what the connected role may do in a schema
-- $1 the schema.
SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS usage,
       pg_catalog.has_schema_privilege(n.oid, 'CREATE') AS create
  FROM pg_catalog.pg_namespace AS n
 WHERE n.nspname = $1
