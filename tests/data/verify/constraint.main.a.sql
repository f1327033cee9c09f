CREATE TABLE public.ref (a integer PRIMARY KEY, b integer UNIQUE);
CREATE TABLE public.t (
    a integer,
    b integer,
    during tstzrange,
    CONSTRAINT kind UNIQUE (a),
    CONSTRAINT columns UNIQUE (a),
    CONSTRAINT uq_deferrable UNIQUE (a, b),
    CONSTRAINT fk_deferred FOREIGN KEY (a) REFERENCES public.ref
        DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT fk_action FOREIGN KEY (a) REFERENCES public.ref,
    CONSTRAINT fk_target FOREIGN KEY (a) REFERENCES public.ref (a),
    CONSTRAINT fk_valid FOREIGN KEY (b) REFERENCES public.ref,
    CONSTRAINT ck_expression CHECK (a > 0),
    CONSTRAINT ck_valid CHECK (a > 1),
    CONSTRAINT ck_no_inherit CHECK (a > 2),
    CONSTRAINT ex_element EXCLUDE USING gist (during WITH &&),
    CONSTRAINT ex_options EXCLUDE USING gist (during WITH &&),
    CONSTRAINT clustered UNIQUE (b, a),
    CONSTRAINT valid UNIQUE (b),
    CONSTRAINT gone CHECK (a <> 7),
    CONSTRAINT "Same" CHECK (a IN (1, 2) AND b IS NOT NULL)
);
CREATE TABLE public.identity (a integer NOT NULL,
    CONSTRAINT identity_key UNIQUE (a));
ALTER TABLE public.t ADD CONSTRAINT options UNIQUE (b, a)
    WITH (fillfactor = 60);
