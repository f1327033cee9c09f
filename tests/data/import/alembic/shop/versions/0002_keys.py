"""keys and constraints

Revision ID: a0000000002
Revises: a0000000001
Create Date: 2024-02-04 04:05:06+00:00

"""
import sqlalchemy
import sqlalchemy as sa
from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String
from sqlalchemy.dialects.postgresql import ExcludeConstraint, TSRANGE

revision = "a0000000002"
down_revision = "a0000000001"
branch_labels = None
depends_on = None

LONG = (
    "fk_an_order_that_has_a_very_long_name_customer_id_customer_of_the_shop"
)


def upgrade():
    op.create_table(
        "an_order",
        Column("id", Integer, primary_key=True, autoincrement=True),
        Column(
            "customer_id",
            Integer,
            ForeignKey("customer.id", name=op.f(LONG), ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        Column("parent_id", Integer, ForeignKey("an_order.id")),
        Column("code", String(10), unique=True),
        Column("amount", Integer, CheckConstraint("amount > 0")),
        Column("paid", Integer, CheckConstraint("paid >= 0", name="paid_ok")),
        Column("log_id", sa.BigInteger, nullable=True),
        sqlalchemy.CheckConstraint(
            sa.text("paid <= amount"), name=op.f("ck_an_order_paid")
        ),
        sa.ForeignKeyConstraint(
            ["log_id"],
            ["app.log.id"],
            name="to_log",
            onupdate="SET NULL",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.UniqueConstraint("code", "customer_id", name="uq_code"),
        mysql_engine="InnoDB",
        mysql_charset="utf8mb4",
    )
    # No serials: a foreign key, several columns, a default of one's own.
    op.create_table(
        "an_order_detail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.ForeignKeyConstraint(
            ["id"], ["an_order.id"], ondelete="SET DEFAULT", match="FULL"
        ),
        sa.PrimaryKeyConstraint("id", name="detail_key"),
    )
    op.create_table(
        "line",
        sa.Column("order_id", sa.Integer(), primary_key=True),
        sa.Column("number", sa.SmallInteger(), primary_key=True),
        sa.Column("what", sa.Text(), server_default=sa.text("'x' || 'y'")),
    )
    op.create_table(
        "counted",
        sa.Column("a", sa.Integer(), primary_key=True),
        sa.Column("b", sa.Integer(), primary_key=True, autoincrement=True),
    )
    op.create_table(
        "own",
        sa.Column(
            "id",
            sa.Integer(),
            server_default=sa.text("nextval('an_order_id_seq'::regclass)"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "numbered",
        sa.Column("id", sa.Numeric(6), primary_key=True),
        prefixes=["UNLOGGED"],
    )
    op.create_table("short", sa.Column("id", sa.SmallInteger, primary_key=True))
    op.create_table(
        "booking",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("during", TSRANGE(), nullable=False),
        ExcludeConstraint(
            (sa.column("during"), "&&"), name="no_overlap", using="gist"
        ),
    )
    op.create_table(
        "measure",
        sa.Column("at", sa.Date(), nullable=False),
        sa.Column("value", sa.Float()),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_unique_constraint("uq_name", "customer", ["name", "born"])
    op.create_unique_constraint(None, "customer", ["share"])
    op.create_check_constraint(
        "ck_rate", "customer", "rate > 0 AND name <> 'a:b'"
    )
    op.create_foreign_key(
        "fk_line_order",
        "line",
        "an_order",
        ["order_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_foreign_key(
        None,
        "own",
        "log",
        ["id"],
        ["id"],
        referent_schema="app",
        source_schema="public",
    )
    op.create_table("later", sa.Column("id", sa.Integer(), nullable=False))
    op.create_primary_key("later_key", "later", ["id"])
    op.rename_table("later", "Latest")
    op.create_table_comment("line", "it's a line", existing_comment=None)


def downgrade():
    op.drop_table_comment("line", existing_comment="it's a line")
    op.rename_table("Latest", "later")
    op.drop_table("later")
    op.drop_constraint(
        "own_id_fkey", "own", schema="public", type_="foreignkey"
    )
    op.drop_constraint("fk_line_order", "line", type_="foreignkey")
    op.drop_constraint("ck_rate", "customer", type_="check")
    op.drop_constraint("customer_share_key", "customer")
    op.drop_constraint(op.f("uq_name"), "customer", "unique")
    op.drop_table("measure")
    op.drop_table("booking")
    op.drop_table("short")
    op.drop_table("numbered")
    op.drop_table("own")
    op.drop_table("counted")
    op.drop_table("line")
    op.drop_table("an_order_detail")
    op.drop_table("an_order")
