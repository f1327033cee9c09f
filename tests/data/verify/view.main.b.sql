CREATE VIEW public.query AS SELECT 2 AS a;
CREATE VIEW public.columns AS SELECT 1 AS a, 'x'::text AS "B b";
CREATE VIEW public.options WITH (security_barrier) AS SELECT 1 AS a;
CREATE TABLE public.became_table (a integer);
CREATE VIEW public.same AS
    WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)
    SELECT n FROM r LIMIT 3;
