"""create_user_table

Revision ID: 30d6391a9fcf
Revises:
Create Date: 2025-05-12 09:14:36.000000

"""
from alembic import op

revision = "30d6391a9fcf"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        CREATE TABLE public.users (
            id serial,
            email character varying NOT NULL,
            hashed_password character varying NOT NULL,
            is_active boolean,
            created_at timestamp with time zone DEFAULT now(),
            updated_at timestamp with time zone DEFAULT now(),
            PRIMARY KEY (id)
        )
        """
    )
    op.execute("CREATE UNIQUE INDEX ix_users_email ON public.users (email)")
    op.execute("CREATE INDEX ix_users_id ON public.users (id)")


def downgrade():
    op.execute("DROP TABLE public.users")
