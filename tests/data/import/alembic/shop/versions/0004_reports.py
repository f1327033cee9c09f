"""reports stand on their own

Revision ID: b0000000001
Revises:
"""
import sqlalchemy as sa
from alembic import op

revision = "b0000000001"
down_revision = None
branch_labels = ["reports"]
depends_on = ("a0000000002",)


def upgrade():
    """SQL of one's own."""
    op.execute(
        """
        CREATE FUNCTION total(integer) RETURNS bigint AS $$
            -- the : here is none of SQLAlchemy's
            SELECT sum(amount)::bigint FROM an_order WHERE customer_id = $1
        $$ LANGUAGE sql
        """
    )
    op.execute("CREATE VIEW totals AS SELECT id, total(id) FROM customer;"
               " COMMENT ON VIEW totals IS 'it''s \\:x and 50%'; -- done")
    op.execute(sa.text('CREATE TABLE "Notes" (at time DEFAULT \'12:30:00\')'))
    op.execute(sqltext="INSERT INTO \"Notes\" VALUES ('01:02:03')")


def downgrade():
    op.execute('DROP TABLE "Notes"')
    op.execute("""
        DROP VIEW totals;
        DROP FUNCTION total(integer)
    """)
