--: title which of the things that a revision makes are not there
-- $1: an array of objects with kind, schema (may be null), name, member.
SELECT coalesce(m.member, m.name) AS word
  FROM pg_catalog.jsonb_to_recordset($1::pg_catalog.jsonb)
       AS m (kind pg_catalog.text, schema pg_catalog.text,
           name pg_catalog.text, member pg_catalog.text)
 WHERE NOT CASE m.kind
       WHEN 'relation' THEN EXISTS (SELECT
             FROM pg_catalog.pg_class AS c
            WHERE c.relname = m.name
              AND (m.schema IS NULL
                   OR c.relnamespace = pg_catalog.to_regnamespace(
                       pg_catalog.quote_ident(m.schema))))
       WHEN 'column' THEN EXISTS (SELECT
             FROM pg_catalog.pg_class AS c
             JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
            WHERE c.relname = m.name
              AND a.attname = m.member
              AND NOT a.attisdropped
              AND (m.schema IS NULL
                   OR c.relnamespace = pg_catalog.to_regnamespace(
                       pg_catalog.quote_ident(m.schema))))
       WHEN 'constraint' THEN EXISTS (SELECT
             FROM pg_catalog.pg_constraint AS o
            WHERE o.conname = m.member)
           OR EXISTS (SELECT
             FROM pg_catalog.pg_trigger AS t
            WHERE t.tgname = m.member)
           OR EXISTS (SELECT
             FROM pg_catalog.pg_policy AS p
            WHERE p.polname = m.member)
       WHEN 'type' THEN EXISTS (SELECT
             FROM pg_catalog.pg_type AS y
            WHERE y.typname = m.name)
       WHEN 'schema' THEN EXISTS (SELECT
             FROM pg_catalog.pg_namespace AS n
            WHERE n.nspname = m.name)
       ELSE EXISTS (SELECT
             FROM pg_catalog.pg_proc AS f
            WHERE f.proname = m.name)
   END
 LIMIT 10
