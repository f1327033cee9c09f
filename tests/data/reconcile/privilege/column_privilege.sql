--: expect column-privilege column column_privilege.t.lost TO pg_monitor: removed
--: expect column-privilege column column_privilege.t.added TO pg_monitor: added
--: expect column-privilege column column_privilege.t.public TO PUBLIC: added
--: expect column-privilege column column_privilege.t.more TO pg_monitor: privileges
--: expect column-privilege column column_privilege.t.option TO pg_monitor: grantable
--: expect column-privilege column column_privilege.v.a TO pg_monitor: added
--: expect privilege table column_privilege.beside TO pg_monitor: privileges
--: expect privilege table column_privilege.instead TO pg_monitor: removed
--: expect column-privilege column column_privilege.instead.a TO pg_monitor: added
--: expect privilege table column_privilege.mine TO CURRENT_USER: added
--: expect privilege table column_privilege.taken TO PUBLIC: removed
--: both
CREATE TABLE mine (a integer);
GRANT INSERT (a) ON mine TO CURRENT_USER;
CREATE TABLE taken (a integer, b integer);
GRANT UPDATE (a), SELECT (a) ON taken TO PUBLIC;
CREATE TABLE t (lost integer, added integer, public integer, more integer,
    option integer, "Odd one" integer);
CREATE TABLE beside (a integer, b integer);
CREATE TABLE instead (a integer, b integer);
CREATE VIEW v AS SELECT 1 AS a;
GRANT SELECT ("Odd one") ON t TO pg_monitor;
GRANT UPDATE (a) ON beside TO pg_monitor WITH GRANT OPTION;
--: left
GRANT SELECT ON taken TO PUBLIC;
GRANT SELECT (lost), SELECT (more), SELECT (option) ON t TO pg_monitor;
GRANT SELECT, DELETE ON beside TO pg_monitor;
GRANT SELECT ON instead TO pg_monitor;
--: right
GRANT ALL (added) ON t TO pg_monitor;
GRANT SELECT (more), UPDATE (more) ON t TO pg_monitor;
GRANT SELECT (option) ON t TO pg_monitor WITH GRANT OPTION;
GRANT SELECT (public) ON t TO PUBLIC;
GRANT SELECT (a) ON v TO pg_monitor;
GRANT SELECT ON beside TO pg_monitor;
GRANT SELECT (a) ON instead TO pg_monitor;
REVOKE INSERT ON mine FROM CURRENT_USER;
GRANT INSERT (a) ON mine TO CURRENT_USER;
