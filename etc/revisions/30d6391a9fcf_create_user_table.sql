--: revision 30d6391a9fcf
--: message create_user_table
--: date 2025-05-12T09:14:36Z

--: upgrade
CREATE TABLE public.users (
    id serial,
    email character varying NOT NULL,
    hashed_password character varying NOT NULL,
    is_active boolean,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_users_email ON public.users (email);
CREATE INDEX ix_users_id ON public.users (id);

--: downgrade
DROP TABLE public.users;

--: verify
SELECT id, email, hashed_password, is_active, created_at, updated_at
  FROM public.users
 LIMIT 0;
