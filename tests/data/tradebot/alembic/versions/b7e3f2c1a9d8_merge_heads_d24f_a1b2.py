"""merge_heads_d24f_a1b2

Revision ID: b7e3f2c1a9d8
Revises: d24f9f7e7532, a1b2c3d4e5f6
Create Date: 2025-08-16 15:20:44.000000

"""

revision = "b7e3f2c1a9d8"
down_revision = ("d24f9f7e7532", "a1b2c3d4e5f6")
branch_labels = None
depends_on = None


def upgrade():
    pass


def downgrade():
    pass
