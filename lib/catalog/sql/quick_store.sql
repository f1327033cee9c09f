--: title write a fingerprint down
--: kind quick-store
-- The formula, the version of the server and the query of the parts are filled
-- in as text, so that it is one statement.
INSERT INTO tb.fingerprint (event, formula, server, self, xid, parts)
SELECT (SELECT pg_catalog.max(e.id) FROM tb.event AS e),
       $1,
       $2::pg_catalog.int4,
       'tb.fingerprint'::pg_catalog.regclass,
       -- Behind this transaction, which may have made much itself.
       GREATEST(pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())
               ::pg_catalog.text::pg_catalog.int8,
           pg_catalog.pg_current_xact_id_if_assigned()
               ::pg_catalog.text::pg_catalog.int8 + 1),
       $3
