"""add_advanced_bot_parameters

Revision ID: 3742c83cd3b1
Revises: 92c67f02186c
Create Date: 2025-07-18 17:22:05.000000

"""
from alembic import op

revision = "3742c83cd3b1"
down_revision = "92c67f02186c"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        ALTER TABLE public.bot_configs
            ADD COLUMN custom_ema_fast integer,
            ADD COLUMN custom_ema_slow integer,
            ADD COLUMN custom_rsi_period integer,
            ADD COLUMN custom_rsi_oversold integer,
            ADD COLUMN custom_rsi_overbought integer,
            ADD COLUMN custom_stop_loss numeric,
            ADD COLUMN custom_take_profit numeric,
            ADD COLUMN custom_trailing_stop numeric,
            ADD COLUMN position_type character varying,
            ADD COLUMN transfer_amount numeric,
            ADD COLUMN auto_transfer_funds boolean
        """
    )


def downgrade():
    op.execute(
        """
        ALTER TABLE public.bot_configs
            DROP COLUMN auto_transfer_funds,
            DROP COLUMN transfer_amount,
            DROP COLUMN position_type,
            DROP COLUMN custom_trailing_stop,
            DROP COLUMN custom_take_profit,
            DROP COLUMN custom_stop_loss,
            DROP COLUMN custom_rsi_overbought,
            DROP COLUMN custom_rsi_oversold,
            DROP COLUMN custom_rsi_period,
            DROP COLUMN custom_ema_slow,
            DROP COLUMN custom_ema_fast
        """
    )
