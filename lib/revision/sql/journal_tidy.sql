--: title forget what is half done no longer
DELETE FROM tb.journal AS j
 WHERE j.version_table = $1
   AND (j.revision <> $2 OR j.direction <> $3)
