"""add_api_key_id_to_bot_config

Revision ID: 69694099e14e
Revises: 7354d6bd11ea
Create Date: 2025-06-29 18:04:11.000000

"""
from alembic import op

revision = "69694099e14e"
down_revision = "7354d6bd11ea"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        ALTER TABLE public.bot_configs ADD COLUMN api_key_id integer
        """
    )
    op.execute(
        """
        ALTER TABLE public.bot_configs
            ADD FOREIGN KEY (api_key_id) REFERENCES public.api_keys (id)
        """
    )


def downgrade():
    op.execute(
        """
        ALTER TABLE public.bot_configs DROP CONSTRAINT bot_configs_api_key_id_fkey
        """
    )
    op.execute("ALTER TABLE public.bot_configs DROP COLUMN api_key_id")
