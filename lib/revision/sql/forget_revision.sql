--: title a revision that is applied no longer
DELETE FROM tb.revision
 WHERE version_table = $1
   AND revision = $2
