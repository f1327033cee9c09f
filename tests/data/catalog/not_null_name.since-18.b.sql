CREATE TABLE public.t (
    generated integer CONSTRAINT y_not_null NOT NULL,
    other integer NOT NULL,
    same integer CONSTRAINT chosen NOT NULL,
    name integer CONSTRAINT name_of_b NOT NULL,
    one integer CONSTRAINT "Given" NOT NULL
);
COMMENT ON CONSTRAINT "Given" ON public.t IS 'comment';
CREATE DOMAIN public.d AS integer CONSTRAINT name_of_b NOT NULL;
