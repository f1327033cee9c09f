CREATE COLLATION public.libc (LC_COLLATE = 'C', LC_CTYPE = 'C');
CREATE COLLATION public.provider (PROVIDER = icu, LOCALE = 'de');
CREATE COLLATION public.locale (PROVIDER = icu, LOCALE = 'de');
CREATE COLLATION public.deterministic (PROVIDER = icu, LOCALE = 'de');
CREATE COLLATION public.gone (PROVIDER = icu, LOCALE = 'de');
CREATE COLLATION public.same FROM "C";
