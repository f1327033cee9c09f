"""create_bot_state_table

Revision ID: e2cbe40c4a2c
Revises: 19adfce0d2a6
Create Date: 2025-05-21 08:03:19.000000

"""
from alembic import op

revision = "e2cbe40c4a2c"
down_revision = "19adfce0d2a6"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        CREATE TABLE public.bot_states (
            id integer NOT NULL,
            status character varying,
            in_position boolean,
            entry_price numeric,
            current_position_size_coins numeric,
            trailing_stop_price numeric,
            max_price_since_entry numeric,
            take_profit_price numeric,
            stop_loss_price numeric,
            daily_pnl numeric,
            daily_trades_count integer,
            last_run_at timestamp without time zone,
            last_error_message text,
            last_updated_at timestamp with time zone DEFAULT now(),
            PRIMARY KEY (id),
            FOREIGN KEY (id) REFERENCES public.bot_configs (id)
        )
        """
    )


def downgrade():
    op.execute("DROP TABLE public.bot_states")
