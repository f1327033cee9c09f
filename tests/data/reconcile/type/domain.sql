--: expect domain domain.come: added
--: expect domain domain.d: default
--: expect domain domain.d: not_null
--: expect domain-constraint domain.d.short: added
--: expect domain-constraint domain.d.long: removed
--: expect domain-constraint domain.d.other: definition
--: allow-back blocking
--: both
--: left
CREATE DOMAIN d AS text DEFAULT 'x' NOT NULL;
ALTER DOMAIN d ADD CONSTRAINT long CHECK (length(VALUE) > 3);
ALTER DOMAIN d ADD CONSTRAINT other CHECK (VALUE <> 'a');
CREATE TABLE t (a d);
--: right
CREATE DOMAIN come AS varchar(5) COLLATE "C" NOT NULL DEFAULT 'a'
    CONSTRAINT ok CHECK (VALUE <> '');
CREATE DOMAIN d AS text;
ALTER DOMAIN d ADD CONSTRAINT short CHECK (length(VALUE) < 9);
ALTER DOMAIN d ADD CONSTRAINT other CHECK (VALUE <> 'b');
CREATE TABLE t (a d);
