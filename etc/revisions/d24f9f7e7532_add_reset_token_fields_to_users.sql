--: revision d24f9f7e7532
--: down-revision 8dff47bdfa5f
--: message add_reset_token_fields_to_users
--: date 2025-08-13T12:38:14Z

--: upgrade
-- Only what is missing: the columns may be there already.
ALTER TABLE public.users
    ADD COLUMN IF NOT EXISTS reset_token character varying,
    ADD COLUMN IF NOT EXISTS reset_token_expires timestamp with time zone;

--: downgrade
ALTER TABLE public.users
    DROP COLUMN IF EXISTS reset_token_expires,
    DROP COLUMN IF EXISTS reset_token;

--: verify
SELECT reset_token, reset_token_expires FROM public.users LIMIT 0;
