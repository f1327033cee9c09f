CREATE FUNCTION public.cmp(integer, integer) RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION public.cmp2(integer, integer) RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION public.cmp3(integer, bigint) RETURNS integer
    LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION public.lt(integer, bigint) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE FUNCTION public.lt2(integer, bigint) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR public.<% (FUNCTION = public.lt, LEFTARG = integer,
    RIGHTARG = bigint);
CREATE OPERATOR public.<%% (FUNCTION = public.lt2, LEFTARG = integer,
    RIGHTARG = bigint);
CREATE OPERATOR FAMILY public.gone USING hash;
CREATE OPERATOR FAMILY public.one USING btree;
CREATE OPERATOR FAMILY public.two USING btree;
CREATE OPERATOR FAMILY public.members USING btree;
ALTER OPERATOR FAMILY public.members USING btree
    ADD OPERATOR 1 public.<%(integer, bigint),
    OPERATOR 3 =(integer, bigint);
CREATE OPERATOR CLASS public.family FOR TYPE integer USING btree
    FAMILY public.one AS FUNCTION 1 public.cmp(integer, integer);
CREATE OPERATOR CLASS public.default FOR TYPE integer USING btree
    AS FUNCTION 1 public.cmp(integer, integer);
CREATE OPERATOR CLASS public.operators FOR TYPE integer USING btree
    AS OPERATOR 1 <, FUNCTION 1 public.cmp(integer, integer);
CREATE OPERATOR CLASS public.functions FOR TYPE integer USING btree
    AS OPERATOR 1 <, FUNCTION 1 public.cmp(integer, integer);
CREATE OPERATOR CLASS public.type FOR TYPE integer USING btree
    AS FUNCTION 1 (integer, integer) public.cmp(integer, integer);
CREATE OPERATOR CLASS public.storage FOR TYPE integer USING gin
    AS OPERATOR 1 <, STORAGE integer;
CREATE OPERATOR CLASS public.gone FOR TYPE integer USING hash
    FAMILY public.gone AS OPERATOR 1 =, FUNCTION 1 hashint4(integer);
CREATE OPERATOR FAMILY public.sort USING gist;
ALTER OPERATOR FAMILY public.sort USING gist
    ADD OPERATOR 15 <->(point, point) FOR ORDER BY float_ops;
CREATE OPERATOR FAMILY public.types USING gin;
CREATE OPERATOR CLASS public.dflt FOR TYPE xid8 USING gin
    FAMILY public.types AS STORAGE xid8;
CREATE OPERATOR CLASS public.input FOR TYPE integer USING gin
    FAMILY public.types AS STORAGE money;
