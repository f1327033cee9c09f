CREATE SCHEMA collations;
CREATE COLLATION collations.rules (PROVIDER = icu, LOCALE = 'de', RULES = '&a < b');
