"""add_strategy_and_ema_period_to_bot_config

Revision ID: 59a0e8d02f5a
Revises: 69694099e14e
Create Date: 2025-07-04 10:31:27.000000

"""
from alembic import op

revision = "59a0e8d02f5a"
down_revision = "69694099e14e"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        ALTER TABLE public.bot_configs ADD COLUMN strategy character varying NOT NULL
        """
    )
    op.execute(
        """
        ALTER TABLE public.bot_configs ADD COLUMN ema_period integer
        """
    )


def downgrade():
    op.execute("ALTER TABLE public.bot_configs DROP COLUMN ema_period")
    op.execute("ALTER TABLE public.bot_configs DROP COLUMN strategy")
