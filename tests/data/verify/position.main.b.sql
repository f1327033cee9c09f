CREATE TABLE public.t (a integer, c integer, b integer);
CREATE TYPE public.c AS (b integer, a integer);
CREATE TABLE public.p (a integer);
CREATE TABLE public.q (a integer);
CREATE TABLE public.child () INHERITS (public.q, public.p);
CREATE TABLE public.same (a integer, gone text, b integer);
ALTER TABLE public.same DROP gone;
