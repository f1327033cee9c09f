CREATE TABLE public.t (
    generated integer NOT NULL,
    other integer CONSTRAINT x_not_null NOT NULL,
    same integer CONSTRAINT chosen NOT NULL,
    name integer CONSTRAINT name_of_a NOT NULL,
    one integer NOT NULL
);
CREATE DOMAIN public.d AS integer CONSTRAINT name_of_a NOT NULL;
