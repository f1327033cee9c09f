CREATE COLLATION public.libc (LC_COLLATE = 'POSIX', LC_CTYPE = 'POSIX');
CREATE COLLATION public.provider (LOCALE = 'C');
CREATE COLLATION public.locale (PROVIDER = icu, LOCALE = 'sv');
CREATE COLLATION public.deterministic (PROVIDER = icu, LOCALE = 'de',
    DETERMINISTIC = false);
CREATE COLLATION public.same (LOCALE = 'C');
