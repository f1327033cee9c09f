CREATE TYPE public.more AS ENUM ('one', 'two');
ALTER TYPE public.more ADD VALUE 'one and a half' BEFORE 'two';
CREATE TYPE public.fewer AS ENUM ('one');
CREATE TYPE public."order" AS ENUM ('two', 'one');
CREATE TYPE public.same AS ENUM ('a', 'c');
ALTER TYPE public.same ADD VALUE 'b' AFTER 'a';
CREATE TYPE public.come AS ENUM ('x');
