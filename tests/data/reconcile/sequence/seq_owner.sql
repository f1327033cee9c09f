--: expect owner table seq_owner.changed: owner
--: expect owner table seq_owner.given: added
--: expect owner table seq_owner.taken: removed
--: expect sequence seq_owner.changed_id_seq: added
--: expect sequence seq_owner.free: owned_by
--: expect sequence seq_owner.given_id_seq: added
--: expect sequence seq_owner.taken_id_seq: added
--: expect sequence seq_owner.made_id_seq: added
--: expect sequence seq_owner.stays_id_seq: added
--: expect owner sequence seq_owner.own: removed
--: expect sequence seq_owner.own: owned_by
--: expect table seq_owner.made: added
--: allow-back data-loss
--: both
CREATE TABLE stays (id bigint);
CREATE TABLE changed (id bigint);
CREATE TABLE given (id bigint);
CREATE TABLE taken (id bigint);
CREATE SEQUENCE free;
CREATE SEQUENCE own;
ALTER TABLE stays OWNER TO pg_monitor;
--: left
ALTER TABLE changed OWNER TO pg_monitor;
ALTER TABLE taken OWNER TO pg_monitor;
ALTER SEQUENCE own OWNER TO pg_signal_backend;
--: right
ALTER SEQUENCE own OWNER TO pg_monitor;
ALTER SEQUENCE own OWNED BY stays.id;
CREATE SEQUENCE stays_id_seq;
CREATE SEQUENCE changed_id_seq OWNED BY changed.id;
CREATE SEQUENCE given_id_seq OWNED BY given.id;
CREATE SEQUENCE taken_id_seq OWNED BY taken.id;
CREATE TABLE made (id serial);
ALTER SEQUENCE stays_id_seq OWNER TO pg_monitor;
ALTER SEQUENCE stays_id_seq OWNED BY stays.id;
ALTER SEQUENCE free OWNER TO pg_monitor;
ALTER SEQUENCE free OWNED BY stays.id;
ALTER TABLE changed OWNER TO pg_signal_backend;
ALTER TABLE given OWNER TO pg_monitor;
ALTER TABLE made OWNER TO pg_signal_backend;
