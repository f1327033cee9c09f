"""create_bot_config_table

Revision ID: 19adfce0d2a6
Revises: 4b2e65b4c85b
Create Date: 2025-05-19 11:27:55.000000

"""
from alembic import op

revision = "19adfce0d2a6"
down_revision = "4b2e65b4c85b"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        CREATE TABLE public.bot_configs (
            id serial,
            user_id integer NOT NULL,
            name character varying NOT NULL,
            symbol character varying NOT NULL,
            timeframe character varying NOT NULL,
            is_active boolean,
            initial_capital numeric,
            daily_target_perc numeric,
            max_daily_loss_perc numeric,
            position_size_perc numeric,
            position_size_fixed numeric,
            stop_loss_perc numeric NOT NULL,
            take_profit_perc numeric NOT NULL,
            trailing_stop_perc numeric,
            trailing_stop_active boolean,
            ema_fast integer NOT NULL,
            ema_slow integer NOT NULL,
            rsi_period integer NOT NULL,
            rsi_oversold integer NOT NULL,
            rsi_overbought integer NOT NULL,
            max_daily_trades integer,
            check_interval_seconds integer,
            created_at timestamp with time zone DEFAULT now(),
            updated_at timestamp with time zone DEFAULT now(),
            PRIMARY KEY (id),
            FOREIGN KEY (user_id) REFERENCES public.users (id)
        )
        """
    )
    op.execute("CREATE INDEX ix_bot_configs_id ON public.bot_configs (id)")
    op.execute(
        """
        CREATE INDEX ix_bot_configs_user_id ON public.bot_configs (user_id)
        """
    )


def downgrade():
    op.execute("DROP TABLE public.bot_configs")
