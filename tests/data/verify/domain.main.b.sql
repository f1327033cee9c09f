CREATE DOMAIN public.type AS varchar(20);
CREATE DOMAIN public.coll AS text COLLATE "C";
CREATE DOMAIN public.dflt AS integer;
CREATE DOMAIN public.nn AS integer NOT NULL;
CREATE DOMAIN public.checks AS integer
    CONSTRAINT changed CHECK (VALUE < 20)
    CONSTRAINT same CHECK (VALUE IN (1, 2, 3))
    CONSTRAINT come CHECK (VALUE <> 7);
ALTER DOMAIN public.checks ADD CONSTRAINT state CHECK (VALUE <> 5) NOT VALID;
