--: expect constraint clustered.t.t_pkey: clustered
--: expect constraint clustered.u.u_a_key: clustered
--: expect constraint clustered.u.u_b_key: clustered
--: both
CREATE TABLE t (a integer PRIMARY KEY);
CREATE TABLE u (a integer UNIQUE, b integer UNIQUE);
--: left
ALTER TABLE u CLUSTER ON u_a_key;
--: right
ALTER TABLE t CLUSTER ON t_pkey;
ALTER TABLE u CLUSTER ON u_b_key;
