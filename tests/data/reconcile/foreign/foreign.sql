--: expect foreign-data-wrapper foreign_come: added
--: expect foreign-data-wrapper foreign_gone: removed
--: expect foreign-data-wrapper foreign_other: options
--: expect foreign-data-wrapper foreign_other: validator
--: expect server foreign_server_come: added
--: expect server foreign_server_gone: removed
--: expect server foreign_server_other: options
--: expect server foreign_server_other: version
--: expect server foreign_server_version: version
--: expect user-mapping foreign_server_other pg_monitor: options
--: expect user-mapping foreign_server_other PUBLIC: added
--: expect privilege server foreign_server_other TO pg_monitor: added
--: expect privilege foreign-data-wrapper foreign_other TO pg_monitor: removed
--: expect owner server foreign_server_version: added
--: allow data-loss
--: allow-back data-loss
--: both
CREATE FOREIGN DATA WRAPPER "foreign" VALIDATOR pg_catalog.postgresql_fdw_validator;
CREATE SERVER foreign_server_version VERSION '1' FOREIGN DATA WRAPPER "foreign";
--: left
CREATE FOREIGN DATA WRAPPER foreign_gone;
CREATE FOREIGN DATA WRAPPER foreign_other VALIDATOR pg_catalog.postgresql_fdw_validator;
GRANT USAGE ON FOREIGN DATA WRAPPER foreign_other TO pg_monitor;
CREATE SERVER foreign_server_gone FOREIGN DATA WRAPPER "foreign" OPTIONS (host 'x');
COMMENT ON SERVER foreign_server_gone IS 'gone';
CREATE USER MAPPING FOR pg_monitor SERVER foreign_server_gone OPTIONS (user 'p');
CREATE SERVER foreign_server_other VERSION '1' FOREIGN DATA WRAPPER "foreign"
    OPTIONS (host 'x', port '1', dbname 'a, b=c ''quoted''');
CREATE USER MAPPING FOR pg_monitor SERVER foreign_server_other OPTIONS (user 'a');
ALTER SERVER foreign_server_version VERSION '2';
--: right
CREATE FOREIGN DATA WRAPPER foreign_come OPTIONS (a 'b');
CREATE FOREIGN DATA WRAPPER foreign_other NO VALIDATOR OPTIONS ("Odd one" 'x');
CREATE SERVER foreign_server_come TYPE 't' VERSION 'v' FOREIGN DATA WRAPPER foreign_come;
CREATE USER MAPPING FOR PUBLIC SERVER foreign_server_come OPTIONS (x 'y');
CREATE SERVER foreign_server_other FOREIGN DATA WRAPPER "foreign"
    OPTIONS (port '2', dbname 'it''s, a=b', sslmode E'back\\slash');
CREATE USER MAPPING FOR pg_monitor SERVER foreign_server_other OPTIONS (user 'b');
CREATE USER MAPPING FOR PUBLIC SERVER foreign_server_other;
GRANT USAGE ON FOREIGN SERVER foreign_server_other TO pg_monitor WITH GRANT OPTION;
ALTER SERVER foreign_server_version OWNER TO pg_monitor;
