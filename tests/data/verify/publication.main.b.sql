CREATE TABLE public.t (a integer);
CREATE TABLE public."Two" (a integer);
CREATE PUBLICATION all_tables FOR ALL TABLES;
CREATE PUBLICATION publish FOR TABLE public.t
    WITH (publish = 'insert, truncate');
CREATE PUBLICATION via_root WITH (publish_via_partition_root = true);
CREATE PUBLICATION tables FOR TABLE public."Two";
CREATE PUBLICATION same FOR TABLE public.t
    WITH (publish = 'truncate, delete, update, insert');
