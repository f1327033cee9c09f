"""merge

Revision ID: c0000000001
Revises: a0000000003, b0000000001
Create Date: 2024-03-01 10:11:12

"""

# revision identifiers, used by Alembic.
revision = "c0000000001"
down_revision = (
    "a0000000003",  # the shop
    "b0000000001",
)
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
