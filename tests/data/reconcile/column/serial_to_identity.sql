--: expect column serial_to_identity.t.a: identity_generation
--: expect column serial_to_identity.t.a: identity_sequence
--: expect column serial_to_identity.t.a: identity_options
--: expect default serial_to_identity.t.a: removed
--: expect sequence serial_to_identity.t_a_seq: removed
--: allow data-loss
--: keep SELECT max(a) FROM serial_to_identity.t
--: left
CREATE TABLE t (a serial);
INSERT INTO t SELECT FROM generate_series(1, 12);
--: right
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY);
