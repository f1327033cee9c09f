"""Columns change: types, defaults, names

Revision ID: a0000000003
Revises: a0000000002

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = 'a0000000003'
down_revision = 'a0000000002'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('customer', sa.Column('phone', sa.String(), nullable=True))
    op.add_column(
        'customer',
        sa.Column('level', sa.SmallInteger(), server_default='1',
                  nullable=False, comment='from 1'),
    )
    op.add_column(
        'log',
        sa.Column('customer_id', sa.Integer(),
                  sa.ForeignKey('customer.id', ondelete='SET NULL'),
                  index=True, unique=True),
        schema='app',
    )
    op.add_column('line', sa.Column('sku', sa.Text(), unique=True))
    op.add_column('line', sa.Column(
        'price', sa.Numeric(8, 2), sa.CheckConstraint('price > 0')))
    op.add_column('line', sa.Column('line_id', sa.Integer, primary_key=True))
    op.alter_column('customer', 'points',
                    existing_type=sa.NUMERIC(),
                    type_=sa.Integer(),
                    existing_nullable=True,
                    nullable=False,
                    server_default=sa.text('7'),
                    postgresql_using='points::integer')
    op.alter_column('customer', 'bio', comment=None,
                    existing_comment='in "his" words')
    op.alter_column('customer', 'name', server_default=None,
                    comment="o'clock", existing_type=sa.Unicode(80))
    op.alter_column('customer', 'born', new_column_name='birthday')
    op.alter_column('log', 'at', nullable=False, schema='app',
                    type_=postgresql.TIMESTAMP(timezone=False),
                    new_column_name='When')
    op.alter_column('customer', 'letter', server_default='z')
    op.drop_column('customer', 'old')
    op.drop_column('log', 'mood', schema='app')
    op.create_index('ix_rate', 'customer', ['rate', 'ratio'], unique=False)
    op.create_index(op.f('ix_lower'), 'customer', [sa.text('lower(email)')],
                    unique=True)
    op.create_index('ix_tags', 'customer', ['tags'],
                    postgresql_using='gin')
    op.create_index('ix_name', 'customer', ['name'],
                    postgresql_ops={'name': 'varchar_pattern_ops'},
                    postgresql_with={'fillfactor': 50},
                    postgresql_where=sa.text("name <> '' AND active"))
    op.create_index('ix_cover', 'log', ['id'], schema='app',
                    postgresql_include=['level', 'When'])
    op.create_index('ix_func', 'customer',
                    [sa.func.lower(sa.column('phone')), sa.text('id DESC')],
                    sqlite_where=sa.text('x'))


def downgrade():
    op.drop_index('ix_func', table_name='customer')
    op.drop_index('ix_cover', table_name='log', schema='app')
    op.drop_index('ix_name')
    op.drop_index('ix_tags', 'customer', postgresql_using='gin')
    op.drop_index(op.f('ix_lower'), table_name='customer')
    op.drop_index('ix_rate', table_name='customer')
    op.add_column('log', sa.Column('mood', sa.Enum(name='mood')), schema='app')
    op.add_column('customer', sa.Column('old', sa.BOOLEAN(),
                                        server_default=sa.text('false'),
                                        autoincrement=False, nullable=True))
    op.alter_column('customer', 'letter', server_default='')
    op.alter_column('log', 'When', nullable=True, schema='app',
                    type_=sa.DateTime(timezone=True), new_column_name='at')
    op.alter_column('customer', 'birthday', new_column_name='born')
    op.alter_column('customer', 'name', server_default="nobody's",
                    comment=None)
    op.alter_column('customer', 'bio', comment='in "his" words')
    op.alter_column('customer', 'points', type_=sa.Numeric(), nullable=True,
                    server_default='0')
    op.drop_column('line', 'line_id')
    op.drop_column('line', 'price')
    op.drop_column('line', 'sku')
    op.drop_column('log', 'customer_id', schema='app')
    op.drop_column('customer', 'level')
    op.drop_column('customer', 'phone')
