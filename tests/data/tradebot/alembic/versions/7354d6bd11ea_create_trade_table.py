"""create_trade_table

Revision ID: 7354d6bd11ea
Revises: e2cbe40c4a2c
Create Date: 2025-06-03 14:52:48.000000

"""
from alembic import op

revision = "7354d6bd11ea"
down_revision = "e2cbe40c4a2c"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        CREATE TABLE public.trades (
            id serial,
            bot_config_id integer NOT NULL,
            user_id integer NOT NULL,
            binance_order_id character varying,
            symbol character varying NOT NULL,
            side character varying NOT NULL,
            order_type character varying NOT NULL,
            price numeric NOT NULL,
            quantity_filled numeric NOT NULL,
            quote_quantity_filled numeric NOT NULL,
            commission_amount numeric,
            commission_asset character varying,
            pnl numeric,
            "timestamp" timestamp without time zone DEFAULT now(),
            PRIMARY KEY (id),
            UNIQUE (binance_order_id),
            FOREIGN KEY (bot_config_id) REFERENCES public.bot_configs (id),
            FOREIGN KEY (user_id) REFERENCES public.users (id)
        )
        """
    )
    op.execute(
        """
        CREATE INDEX ix_trades_bot_config_id ON public.trades (bot_config_id)
        """
    )
    op.execute("CREATE INDEX ix_trades_id ON public.trades (id)")
    op.execute("CREATE INDEX ix_trades_user_id ON public.trades (user_id)")


def downgrade():
    op.execute("DROP TABLE public.trades")
