"""add_market_type_to_backtests

Revision ID: a1b2c3d4e5f6
Revises: 8dff47bdfa5f
Create Date: 2025-08-15 09:57:21.000000

"""
from alembic import op

revision = "a1b2c3d4e5f6"
down_revision = "8dff47bdfa5f"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        ALTER TABLE public.backtests
            ADD COLUMN market_type character varying NOT NULL DEFAULT 'spot'
        """
    )


def downgrade():
    op.execute("ALTER TABLE public.backtests DROP COLUMN market_type")
