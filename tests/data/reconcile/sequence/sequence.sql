--: expect sequence sequence.come: added
--: expect sequence sequence.gone: removed
--: expect sequence sequence.other: type
--: expect sequence sequence.other: start
--: expect sequence sequence.other: minimum
--: expect sequence sequence.other: maximum
--: expect sequence sequence.other: increment
--: expect sequence sequence.other: cache
--: expect sequence sequence.other: cycle
--: expect sequence sequence.owned: owned_by
--: expect sequence sequence.moved: owned_by
--: allow data-loss
--: allow-back data-loss
--: both
CREATE TABLE t (a integer);
CREATE TABLE u (a integer);
--: left
CREATE SEQUENCE gone;
CREATE SEQUENCE other;
CREATE SEQUENCE owned;
CREATE SEQUENCE moved OWNED BY t.a;
--: right
CREATE SEQUENCE come START 7 OWNED BY u.a;
CREATE SEQUENCE other AS integer START 10 MINVALUE 5 MAXVALUE 500 INCREMENT 5 CACHE 3 CYCLE;
CREATE SEQUENCE owned OWNED BY u.a;
CREATE SEQUENCE moved OWNED BY u.a;
