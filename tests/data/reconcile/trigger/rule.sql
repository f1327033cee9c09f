--: expect rule rule.t.come: added
--: expect rule rule.t.other: definition
--: expect rule rule.t.state: enabled
--: both
CREATE TABLE t (a integer);
--: left
CREATE RULE other AS ON DELETE TO t DO INSTEAD NOTHING;
CREATE RULE state AS ON UPDATE TO t DO ALSO NOTHING;
--: right
CREATE RULE come AS ON INSERT TO t WHERE NEW.a > 9 DO INSTEAD NOTHING;
CREATE RULE other AS ON DELETE TO t WHERE OLD.a > 1 DO INSTEAD NOTHING;
CREATE RULE state AS ON UPDATE TO t DO ALSO NOTHING;
ALTER TABLE t DISABLE RULE state;
