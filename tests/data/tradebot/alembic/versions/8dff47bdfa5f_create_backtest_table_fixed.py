"""create_backtest_table_fixed

Revision ID: 8dff47bdfa5f
Revises: 107856acfca7
Create Date: 2025-08-02 19:16:50.000000

"""
from alembic import op

revision = "8dff47bdfa5f"
down_revision = "107856acfca7"
branch_labels = None
depends_on = None


def upgrade():
    op.execute(
        """
        CREATE TABLE public.backtests (
            id serial,
            user_id integer NOT NULL,
            symbol character varying NOT NULL,
            "interval" character varying NOT NULL,
            start_date character varying NOT NULL,
            end_date character varying NOT NULL,
            parameters json NOT NULL,
            initial_capital double precision NOT NULL,
            final_capital double precision NOT NULL,
            total_return double precision NOT NULL,
            total_trades integer NOT NULL,
            winning_trades integer NOT NULL,
            losing_trades integer NOT NULL,
            win_rate double precision NOT NULL,
            total_fees double precision NOT NULL,
            avg_profit double precision NOT NULL,
            daily_results json,
            monthly_results json,
            test_mode character varying NOT NULL,
            created_at timestamp with time zone DEFAULT now(),
            updated_at timestamp with time zone DEFAULT now(),
            PRIMARY KEY (id),
            FOREIGN KEY (user_id) REFERENCES public.users (id)
        )
        """
    )
    op.execute("CREATE INDEX ix_backtests_id ON public.backtests (id)")
    op.execute(
        """
        CREATE INDEX ix_backtests_user_id ON public.backtests (user_id)
        """
    )


def downgrade():
    op.execute("DROP TABLE public.backtests")
