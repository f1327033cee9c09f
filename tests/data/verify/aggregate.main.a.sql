CREATE AGGREGATE public.initial(numeric)
    (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0');
CREATE AGGREGATE public.transition(integer)
    (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE public.final(integer)
    (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE public.combine(integer)
    (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE public.parallel(integer)
    (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE public.moving(integer)
    (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE public.sort(integer)
    (SFUNC = int4larger, STYPE = integer);
CREATE AGGREGATE public.name(x integer)
    (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE public.gone(*)
    (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE public.same(*)
    (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE public.result(integer)
    (SFUNC = int4pl, STYPE = integer);
