CREATE TABLE public.ref (a integer PRIMARY KEY, b integer UNIQUE);
CREATE TABLE public.t (
    a integer,
    b integer,
    during tstzrange,
    CONSTRAINT kind CHECK (a > 0),
    CONSTRAINT columns UNIQUE (a) INCLUDE (b),
    CONSTRAINT uq_deferrable UNIQUE (a, b) DEFERRABLE,
    CONSTRAINT fk_deferred FOREIGN KEY (a) REFERENCES public.ref
        DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_action FOREIGN KEY (a) REFERENCES public.ref
        ON DELETE CASCADE ON UPDATE SET NULL,
    CONSTRAINT fk_target FOREIGN KEY (a) REFERENCES public.ref (b),
    CONSTRAINT ck_expression CHECK (a >= 0),
    CONSTRAINT ck_no_inherit CHECK (a > 2) NO INHERIT,
    CONSTRAINT ex_element EXCLUDE USING gist (during WITH -|-),
    CONSTRAINT ex_options EXCLUDE USING gist (during WITH &&)
        WITH (fillfactor = 50),
    CONSTRAINT clustered UNIQUE (b, a),
    CONSTRAINT valid UNIQUE (b),
    CONSTRAINT come CHECK (a <> 7),
    CONSTRAINT "Same" CHECK (a IN (1, 2) AND b IS NOT NULL)
);
ALTER TABLE public.t CLUSTER ON clustered;
ALTER TABLE public.t
    ADD CONSTRAINT ck_valid CHECK (a > 1) NOT VALID,
    ADD CONSTRAINT fk_valid FOREIGN KEY (b) REFERENCES public.ref NOT VALID;
CREATE TABLE public.identity (a integer NOT NULL,
    CONSTRAINT identity_key UNIQUE (a));
ALTER TABLE public.identity REPLICA IDENTITY USING INDEX identity_key;
SET allow_system_table_mods = on;
UPDATE pg_catalog.pg_index SET indisvalid = false
 WHERE indexrelid = 'public.valid'::regclass;
ALTER TABLE public.t ADD CONSTRAINT options UNIQUE (b, a)
    WITH (fillfactor = 80);
