CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TYPE public.row AS (a integer, b text);
CREATE TABLE public.persistence (a integer);
CREATE TABLE public.kind (a integer);
CREATE TABLE public.key (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE public.method (a integer);
CREATE TABLE public.options (a text) WITH (fillfactor = 70);
CREATE TABLE public.toast (a text);
CREATE TABLE public.security (a integer);
CREATE TABLE public.identity_full (a integer);
CREATE TABLE public.identity_index (a integer NOT NULL);
CREATE UNIQUE INDEX ii ON public.identity_index (a);
CREATE TABLE public.typed OF public.row;
CREATE TABLE public.gone (a integer DEFAULT 1 PRIMARY KEY, b text);
CREATE INDEX gone_b ON public.gone (b);
CREATE TABLE public."Same" (a integer, b text)
    WITH (fillfactor = 70, toast.autovacuum_enabled = off,
    autovacuum_enabled = off);
