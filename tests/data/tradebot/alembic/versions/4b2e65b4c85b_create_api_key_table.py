"""create_api_key_table

Revision ID: 4b2e65b4c85b
Revises: 30d6391a9fcf
Create Date: 2025-05-14 16:40:02.000000

"""
from alembic import op

revision = "4b2e65b4c85b"
down_revision = "30d6391a9fcf"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
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
        )
        """
    )
    op.execute("CREATE INDEX ix_api_keys_id ON public.api_keys (id)")
    op.execute(
        """
        CREATE INDEX ix_api_keys_user_id ON public.api_keys (user_id)
        """
    )


def downgrade():
    op.execute("DROP TABLE public.api_keys")
