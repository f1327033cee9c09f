CREATE TABLE public.t (a integer, b integer, c integer);
CREATE TYPE public.c AS (a integer, b integer);
CREATE TABLE public.p (a integer);
CREATE TABLE public.q (a integer);
CREATE TABLE public.child () INHERITS (public.p, public.q);
CREATE TABLE public.same (gone text, a integer, b integer);
ALTER TABLE public.same DROP gone;
