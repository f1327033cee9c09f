CREATE DOMAIN public.type AS varchar(10);
CREATE DOMAIN public.coll AS text;
CREATE DOMAIN public.dflt AS integer DEFAULT 1;
CREATE DOMAIN public.nn AS integer;
CREATE DOMAIN public.checks AS integer
    CONSTRAINT gone CHECK (VALUE > 0)
    CONSTRAINT changed CHECK (VALUE < 10)
    CONSTRAINT state CHECK (VALUE <> 5)
    CONSTRAINT same CHECK (VALUE IN (1, 2, 3));
CREATE DOMAIN public.gone AS integer CHECK (VALUE > 0);
