"""add_reset_token_fields_to_users

Revision ID: d24f9f7e7532
Revises: 8dff47bdfa5f
Create Date: 2025-08-13 12:38:14.000000

"""
from alembic import op

revision = "d24f9f7e7532"
down_revision = "8dff47bdfa5f"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        ALTER TABLE public.users
            ADD COLUMN IF NOT EXISTS reset_token character varying,
            ADD COLUMN IF NOT EXISTS reset_token_expires timestamp with time zone
        """
    )


def downgrade():
    op.execute(
        """
        ALTER TABLE public.users
            DROP COLUMN IF EXISTS reset_token_expires,
            DROP COLUMN IF EXISTS reset_token
        """
    )
