--: title sequence
--: class sequence
--: order 50
--: compare attributes
-- definition is the whole CREATE SEQUENCE without OWNED BY, which has to wait
-- for the column; all of it is said by the attributes too.  The sequence of
-- an identity column belongs to the column.  How far a sequence has counted
-- is data.
SELECT 'pg_catalog.pg_class'::regclass::oid AS classid,
       c.oid AS objid,
       0 AS objsubid,
       pg_catalog.format('%I.%I', n.nspname, c.relname) AS identity,
       pg_catalog.format('schema %I', n.nspname) AS parent,
       pg_catalog.format('CREATE%s SEQUENCE %I.%I AS %s START WITH %s '
           'INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s %s',
           CASE c.relpersistence WHEN 'u' THEN ' UNLOGGED' END,
           n.nspname, c.relname,
           pg_catalog.format_type(s.seqtypid, NULL), s.seqstart,
           s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
           CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END)
           AS definition,
       CASE c.relpersistence WHEN 'u' THEN 'unlogged' ELSE 'permanent' END
           AS persistence,
       pg_catalog.format_type(s.seqtypid, NULL) AS type,
       s.seqstart::text AS start,
       s.seqmin::text AS minimum,
       s.seqmax::text AS maximum,
       s.seqincrement::text AS increment,
       s.seqcache::text AS cache,
       s.seqcycle::text AS cycle,
       CASE WHEN o.objid IS NOT NULL
           THEN pg_catalog.format('%I.%I.%I', tn.nspname, t.relname, a.attname)
       END AS owned_by
  FROM pg_catalog.pg_sequence AS s
  JOIN pg_catalog.pg_class AS c ON c.oid = s.seqrelid
  JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_depend AS o
    ON o.classid = 'pg_catalog.pg_class'::regclass
   AND o.objid = c.oid
   AND o.refclassid = 'pg_catalog.pg_class'::regclass
   AND o.refobjsubid > 0
   AND o.deptype IN ('a', 'i')
  LEFT JOIN pg_catalog.pg_attribute AS a
    ON a.attrelid = o.refobjid
   AND a.attnum = o.refobjsubid
  LEFT JOIN pg_catalog.pg_class AS t ON t.oid = o.refobjid
  LEFT JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
 WHERE o.deptype IS DISTINCT FROM 'i'
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname <> 'information_schema'
   AND NOT EXISTS (SELECT
         FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass
          AND e.objid = c.oid
          AND e.refclassid = 'pg_catalog.pg_extension'::regclass
          AND e.deptype = 'e')
