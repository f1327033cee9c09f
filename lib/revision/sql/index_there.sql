--: title is there a relation of this name?
SELECT pg_catalog.to_regclass($1) IS NOT NULL
