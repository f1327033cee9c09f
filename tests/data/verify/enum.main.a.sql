CREATE TYPE public.more AS ENUM ('one', 'two');
CREATE TYPE public.fewer AS ENUM ('one', 'it''s two');
CREATE TYPE public."order" AS ENUM ('one', 'two');
CREATE TYPE public.gone AS ENUM ();
CREATE TYPE public.same AS ENUM ('a', 'b', 'c');
