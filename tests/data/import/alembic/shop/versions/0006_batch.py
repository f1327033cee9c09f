"""batches and what cannot be in a transaction

Revision ID: d0000000001
Revises: c0000000001

"""
import sqlalchemy as sa
from alembic import op

revision = "d0000000001"
down_revision = "c0000000001"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("age", sa.Integer(), nullable=True))
        batch_op.alter_column("phone", nullable=False, server_default="-")
        batch_op.create_index(batch_op.f("ix_age"), ["age"], unique=False)
        batch_op.create_unique_constraint("uq_age", ["age", "phone"])
        batch_op.create_check_constraint("ck_age", "age < 200")
        batch_op.create_foreign_key(
            "fk_age", "an_order", ["age"], ["id"], ondelete="CASCADE"
        )
        batch_op.drop_column("twice")
        batch_op.drop_constraint("ck_rate", type_="check")

    with op.batch_alter_table("log", schema="app") as batch:
        batch.drop_index("ix_cover")
        batch.create_table_comment("what happened")
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE mood ADD VALUE 'so so'")
        op.create_index(
            "ix_later", "customer", ["seen"], postgresql_concurrently=True
        )


def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index(
            "ix_later", table_name="customer", postgresql_concurrently=True
        )
    with op.batch_alter_table("log", schema="app") as batch:
        batch.drop_table_comment()
        batch.create_index("ix_cover", ["id"])
    with op.batch_alter_table("customer") as batch_op:
        batch_op.create_check_constraint("ck_rate", sa.text("rate > 0"))
        batch_op.add_column(
            sa.Column("twice", sa.Integer, sa.Computed("small * 2"))
        )
        batch_op.drop_constraint("fk_age", type_="foreignkey")
        batch_op.drop_constraint("ck_age")
        batch_op.drop_constraint("uq_age", type_="unique")
        batch_op.drop_index(batch_op.f("ix_age"))
        batch_op.alter_column("phone", nullable=True, server_default=None)
        batch_op.drop_column("age")
