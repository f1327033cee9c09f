--: title range type
--: class range-type
--: order 33
-- definition is the whole CREATE TYPE.  Nothing of a range type can be
-- altered but its name, so the attributes would only say it again.  Array,
-- multirange and constructors come with it.
--
-- A server before 14 has no rngmultitypid: the name then means the outer
-- query's.
SELECT 'pg_catalog.pg_type'::regclass::oid AS classid,
       t.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, t.typname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE TYPE %I.%I AS RANGE (', n.nspname, t.typname)
       || pg_catalog.concat_ws(', ',
           'SUBTYPE = ' || pg_catalog.format_type(r.rngsubtype, NULL),
           'SUBTYPE_OPCLASS = ' || pg_catalog.quote_ident(opn.nspname) || '.'
               || pg_catalog.quote_ident(op.opcname),
           'COLLATION = ' || pg_catalog.quote_ident(con.nspname) || '.'
               || pg_catalog.quote_ident(co.collname),
           'CANONICAL = ' || NULLIF(r.rngcanonical::oid, 0)::regproc,
           'SUBTYPE_DIFF = ' || NULLIF(r.rngsubdiff::oid, 0)::regproc,
           'MULTIRANGE_TYPE_NAME = ' || pg_catalog.quote_ident(mn.nspname)
               || '.' || pg_catalog.quote_ident(m.typname)) || ')'
           AS definition
  FROM (SELECT 0::oid AS rngmultitypid) AS missing
 CROSS JOIN LATERAL (
       SELECT f.*, rngmultitypid AS multirange
         FROM pg_catalog.pg_range AS f) AS r
  JOIN pg_catalog.pg_type AS t ON t.oid = r.rngtypid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
  JOIN pg_catalog.pg_type AS s ON s.oid = r.rngsubtype
  LEFT JOIN pg_catalog.pg_opclass AS op
    ON op.oid = r.rngsubopc
   AND NOT op.opcdefault
  LEFT JOIN pg_catalog.pg_namespace AS opn ON opn.oid = op.opcnamespace
  LEFT JOIN pg_catalog.pg_collation AS co
    ON co.oid = r.rngcollation
   AND r.rngcollation <> s.typcollation
  LEFT JOIN pg_catalog.pg_namespace AS con ON con.oid = co.collnamespace
  LEFT JOIN pg_catalog.pg_type AS m ON m.oid = r.multirange
  LEFT JOIN pg_catalog.pg_namespace AS mn ON mn.oid = m.typnamespace
 WHERE n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_type'::regclass
          AND e.objid = t.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
