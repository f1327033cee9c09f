--: expect table inherit.new_child: added
--: expect column inherit.p.come: added
--: expect column inherit.c.come: added
--: allow-back data-loss
--: keep SELECT sum(a) FROM inherit.p
--: both
CREATE TABLE p (a integer, CONSTRAINT ck CHECK (a > 0));
CREATE TABLE c (own text) INHERITS (p);
INSERT INTO c VALUES (4, 'x');
--: left
--: right
CREATE TABLE new_child (b date) INHERITS (p);
ALTER TABLE p ADD come integer;
