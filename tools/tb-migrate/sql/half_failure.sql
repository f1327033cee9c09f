--: title how the run ended that left a revision half done
-- $1 is the version table, $2 the revision.  No row: it did not say.
SELECT e.outcome,
       e.error
  FROM tb.event AS e
 WHERE e.version_table = $1
   AND e.revision = $2
   AND e.outcome <> 'done'
   AND e.at >= (SELECT pg_catalog.max(j.started_at)
         FROM tb.journal AS j
        WHERE j.version_table = $1
          AND j.revision = $2)
 ORDER BY e.id DESC
 LIMIT 1
