"""add_realized_pnl_to_trade

Revision ID: 92c67f02186c
Revises: 59a0e8d02f5a
Create Date: 2025-07-11 13:09:40.000000

"""
from alembic import op

revision = "92c67f02186c"
down_revision = "59a0e8d02f5a"
branch_labels = None
depends_on = None


def upgrade():
    op.execute("ALTER TABLE public.trades ADD COLUMN realized_pnl numeric")


def downgrade():
    op.execute("ALTER TABLE public.trades DROP COLUMN realized_pnl")
