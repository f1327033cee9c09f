-- Keys of the exchange, encrypted by the application.
CREATE TABLE public.api_keys (
    id serial PRIMARY KEY,
    user_id integer NOT NULL REFERENCES public.users (id),
    label character varying,
    encrypted_api_key character varying NOT NULL,
    encrypted_secret_key character varying NOT NULL,
    is_valid boolean,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now()
);

CREATE INDEX ix_api_keys_id ON public.api_keys (id);
CREATE INDEX ix_api_keys_user_id ON public.api_keys (user_id);
