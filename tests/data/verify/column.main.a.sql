CREATE TABLE public.t (
    gone integer DEFAULT 1,
    type integer,
    typmod numeric(9, 2),
    array_of text,
    coll text,
    nn integer,
    identity_on integer NOT NULL,
    identity_kind integer GENERATED ALWAYS AS IDENTITY,
    identity_options integer
        GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.old_name),
    gen text GENERATED ALWAYS AS ('a' || 'b') STORED,
    gen_off text GENERATED ALWAYS AS ('a' || 'b') STORED,
    storage text,
    stats integer,
    options integer,
    "Same one" varchar(10) COLLATE "C" NOT NULL DEFAULT 'x'
);
