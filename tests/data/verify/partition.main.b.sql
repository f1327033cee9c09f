CREATE TABLE public.p (a integer, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE public.p2 (a integer, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE public.bound PARTITION OF public.p
    FOR VALUES FROM ('2025-01-01') TO ('2025-03-01');
CREATE TABLE public.loose (a integer, at timestamptz);
ALTER TABLE public.p ATTACH PARTITION public.loose
    FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE public.moved PARTITION OF public.p2
    FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE public.sub PARTITION OF public.p
    FOR VALUES FROM ('2027-01-01') TO ('2028-01-01') PARTITION BY LIST (a);
CREATE TABLE public.sub_one PARTITION OF public.sub FOR VALUES IN (1, 3);
CREATE TABLE public.h (a integer) PARTITION BY HASH (a);
CREATE TABLE public.h0 PARTITION OF public.h
    FOR VALUES WITH (MODULUS 4, REMAINDER 0);
