-- Who may log in to TradeBot.
CREATE TABLE public.users (
    id serial PRIMARY KEY,
    email character varying NOT NULL,
    hashed_password character varying NOT NULL,
    is_active boolean,
    reset_token character varying,
    reset_token_expires timestamp with time zone,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now()
);

CREATE INDEX ix_users_id ON public.users (id);
CREATE UNIQUE INDEX ix_users_email ON public.users (email);
