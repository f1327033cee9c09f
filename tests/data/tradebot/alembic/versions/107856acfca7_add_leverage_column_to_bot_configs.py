"""add_leverage_column_to_bot_configs

Revision ID: 107856acfca7
Revises: 3742c83cd3b1
Create Date: 2025-07-24 07:45:33.000000

"""
from alembic import op

revision = "107856acfca7"
down_revision = "3742c83cd3b1"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE public.bot_configs ADD COLUMN leverage integer")


def downgrade():
    op.execute("ALTER TABLE public.bot_configs DROP COLUMN leverage")
