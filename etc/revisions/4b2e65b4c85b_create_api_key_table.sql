--: revision 4b2e65b4c85b
--: down-revision 30d6391a9fcf
--: message create_api_key_table
--: date 2025-05-14T16:40:02Z

--: upgrade
CREATE TABLE public.api_keys (
    id serial,
    user_id integer NOT NULL,
    encrypted_api_key character varying NOT NULL,
    encrypted_secret_key character varying NOT NULL,
    label character varying,
    is_valid boolean,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES public.users (id)
);
CREATE INDEX ix_api_keys_id ON public.api_keys (id);
CREATE INDEX ix_api_keys_user_id ON public.api_keys (user_id);

--: downgrade
DROP TABLE public.api_keys;

--: verify
SELECT id, user_id, encrypted_api_key, encrypted_secret_key, label, is_valid,
       created_at, updated_at
  FROM public.api_keys
 LIMIT 0;
