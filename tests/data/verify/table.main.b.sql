CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TYPE public.row AS (a integer, b text);
CREATE UNLOGGED TABLE public.persistence (a integer);
CREATE TABLE public.kind (a integer) PARTITION BY HASH (a);
CREATE TABLE public.key (a integer, b integer) PARTITION BY RANGE (a, (b + 1));
CREATE TABLE public.method (a integer) USING heap2;
CREATE TABLE public.options (a text) WITH (fillfactor = 80);
CREATE TABLE public.toast (a text) WITH (toast.vacuum_truncate = off);
CREATE TABLE public.security (a integer);
ALTER TABLE public.security ENABLE ROW LEVEL SECURITY,
    FORCE ROW LEVEL SECURITY;
CREATE TABLE public.identity_full (a integer);
ALTER TABLE public.identity_full REPLICA IDENTITY FULL;
CREATE TABLE public.identity_index (a integer NOT NULL);
CREATE UNIQUE INDEX ii ON public.identity_index (a);
ALTER TABLE public.identity_index REPLICA IDENTITY USING INDEX ii;
CREATE TABLE public.typed (a integer, b text);
CREATE TABLE public."Same" (a integer, b text)
    WITH (toast.autovacuum_enabled = off, autovacuum_enabled = off,
    fillfactor = 70);
