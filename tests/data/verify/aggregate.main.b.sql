CREATE AGGREGATE public.initial(numeric)
    (SFUNC = numeric_add, STYPE = numeric, INITCOND = '1');
CREATE AGGREGATE public.transition(integer)
    (SFUNC = int4mul, STYPE = integer);
CREATE AGGREGATE public.final(integer)
    (SFUNC = int4pl, STYPE = integer, FINALFUNC = int4up,
     FINALFUNC_MODIFY = SHAREABLE);
CREATE AGGREGATE public.combine(integer)
    (SFUNC = int4pl, STYPE = integer, COMBINEFUNC = int4pl, SSPACE = 8);
CREATE AGGREGATE public.parallel(integer)
    (SFUNC = int4pl, STYPE = integer, PARALLEL = SAFE);
CREATE AGGREGATE public.moving(integer)
    (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi,
     MSTYPE = integer, MINITCOND = '0');
CREATE AGGREGATE public.sort(integer)
    (SFUNC = int4larger, STYPE = integer, SORTOP = >);
CREATE AGGREGATE public.name(y integer)
    (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE public.same(*)
    (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE public.result(integer)
    (SFUNC = int84pl, STYPE = bigint, INITCOND = 0);
