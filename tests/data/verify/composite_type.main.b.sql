CREATE DOMAIN public.citizen AS text;
CREATE TYPE public.t AS (type numeric(4, 1), coll text COLLATE "C", same numeric(9, 2), come public.citizen[]);
CREATE TYPE public.became_enum AS ENUM ('a', 'b');
