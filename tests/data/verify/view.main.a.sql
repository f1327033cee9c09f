CREATE VIEW public.query AS SELECT 1 AS a;
CREATE VIEW public.columns AS SELECT 1 AS a;
CREATE VIEW public.options AS SELECT 1 AS a;
CREATE VIEW public.became_table AS SELECT 1 AS a;
CREATE VIEW public.same AS
    WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)
    SELECT n FROM r LIMIT 3;
