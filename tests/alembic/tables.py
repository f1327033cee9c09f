"""tables.py SEED: print an Alembic revision of random tables.

Every column, constraint, index and change in it is one that PostgreSQL takes,
up and down, so that what the importer makes of it can be compared with what
Alembic does.
"""
import random
import re
import sys

N = "n"  # a number
S = "s"  # a string
B = "b"
T = "t"  # a date or a moment
E = "e"  # an enum type
X = "x"  # no simple literal

TYPES = [
    ("sa.Integer()", N),
    ("sa.SmallInteger", N),
    ("sa.BigInteger()", N),
    ("sa.String(length={})", S),
    ("sa.String", S),
    ("sa.Text()", S),
    ("sa.Unicode(30)", S),
    ("sa.CHAR(20)", S),
    ("sa.Numeric(12, 3)", N),
    ("sa.Numeric()", N),
    ("sa.Float()", N),
    ("sa.Boolean()", B),
    ("sa.Date()", T),
    ("sa.DateTime()", T),
    ("sa.DateTime(timezone=True)", T),
    ("postgresql.TIMESTAMP(timezone=True)", T),
    ("postgresql.JSONB()", X),
    ("postgresql.UUID()", X),
    ("sa.ARRAY(sa.Text())", X),
    ("sa.LargeBinary()", X),
    ("sa.Interval()", X),
    ("sa.DECIMAL(precision=7)", N),
    ("sa.Float(precision=20)", N),
    ("sa.VARCHAR(40)", S),
    ("sa.String(collation='C')", S),
    ("sa.TIMESTAMP()", T),
    ("sa.Time(timezone=True)", X),
    ("postgresql.ARRAY(sa.Integer(), dimensions=2)", X),
    ("postgresql.INET()", X),
    ("postgresql.BIT(5, varying=True)", X),
    ("postgresql.TSRANGE()", X),
    ("sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')", X),
    ("sa.Enum('a', 'b', 'c', name='kind{}')", E),
]
DEFAULTS = {
    N: ["'1'", "sa.text('2')", "sa.text('1 + 1')"],
    S: ["'x'", '"it\'s"', "''", "sa.text(\"'y'\")", "sa.func.upper('q')"],
    B: ["sa.true()", "sa.false()", "'t'", "sa.text('true')"],
    T: ["sa.func.now()", "sa.text('now()')", "sa.text('CURRENT_TIMESTAMP')"],
    E: ["'a'"],
}
NAMES = "a b order user Name x_1 end value type id2 ünï sum date limit".split()
NAMES.append("Sel ect")


VALUES = {
    N: ["7", "-2", "None"],
    S: ["'v'", "\"it's\"", "'50% :x'", "None"],
    B: ["True", "False", "None"],
}


class Writer:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.n = 0
        self.back = []  # what the downgrade does
        self.keyed = []  # tables with a key "id": their schema argument, name

    def maybe(self, chance, word):
        return [word] if self.r.random() < chance else []

    def column(self, name, may_be_key):
        """A column, its kind, and what it is in the primary key."""
        r = self.r
        # op.add_column() makes no enum types.
        kind_of = TYPES if may_be_key else TYPES[:-1]
        type_, kind = r.choice(kind_of)
        self.n += 1
        words = [repr(name), type_.format(self.n)]
        key = may_be_key and kind in (N, S) and r.random() < 0.4
        counts = False
        if key:
            words.append("primary_key=True")
            if "Integer" in type_ and r.random() < 0.3:
                counts = r.random() < 0.5
                words.append(f"autoincrement={counts}")
        if kind in DEFAULTS and not counts and r.random() < 0.4:
            words.append(f"server_default={r.choice(DEFAULTS[kind])}")
        if not key and r.random() < 0.4:
            words.append(f"nullable={r.random() < 0.5}")
        if kind in (N, S, T):
            words += self.maybe(0.25, "unique=True")
            words += self.maybe(0.25, "index=True")
        words += self.maybe(0.15, f"comment={r.choice(['x', 'a b', ''])!r}")
        if kind == N and r.random() < 0.15:
            words.insert(2, "sa.CheckConstraint(sa.text('1 > 0'))")
        return f"sa.Column({', '.join(words)})", kind, key, counts

    def constraints(self, i, plain, has_key):
        r = self.r
        out = []
        if plain and not has_key and r.random() < 0.6:
            some = r.sample(plain, min(len(plain), r.randint(1, 2)))
            name = self.maybe(0.5, f"name='pk{i}'")
            out.append(("PrimaryKey", list(map(repr, some)) + name))
        if plain and r.random() < 0.4:
            some = r.sample(plain, min(len(plain), 2))
            name = self.maybe(0.5, f"name=op.f('uq{i}')")
            out.append(("Unique", list(map(repr, some)) + name))
        if r.random() < 0.3:
            name = self.maybe(0.5, f"name='ck{i}'")
            out.append(("Check", ["'1 < 2'"] + name))
        return [f"sa.{kind}Constraint({', '.join(w)})" for kind, w in out]

    def references(self, i):
        """A column that refers to a table with a key, or none."""
        r = self.r
        if not self.keyed or r.random() < 0.5:
            return []
        schema, other = r.choice(self.keyed)
        target = f"{'other.' if schema else ''}{other}.id"
        rest = self.maybe(0.4, f"name=op.f('fk{i}')")
        rest += self.maybe(0.4, "ondelete='CASCADE'")
        rest += self.maybe(0.2, "onupdate='SET NULL'")
        rest += self.maybe(0.2, "deferrable=True, initially='DEFERRED'")
        if r.random() < 0.5:
            key = ", ".join([f"'{target}'"] + rest)
            return [f"sa.Column('ref', sa.Integer(), sa.ForeignKey({key}))"]
        key = ", ".join(["['ref']", f"['{target}']"] + rest)
        return [
            "sa.Column('ref', sa.Integer(), nullable=True)",
            f"sa.ForeignKeyConstraint({key})",
        ]

    def special(self):
        """What the server fills in."""
        return self.maybe(
            0.2,
            "sa.Column('twice', sa.Integer, sa.Computed('1 + 1'))",
        ) + self.maybe(
            0.2,
            "sa.Column('counter', sa.BigInteger,"
            f" sa.Identity(always={self.r.random() < 0.5}, start=3))",
        )

    def table(self, i):
        r = self.r
        kinds, keys, columns, counting = {}, [], [], False
        with_id = r.random() < 0.4
        if with_id:
            columns.append("sa.Column('id', sa.Integer(), nullable=False)")
        for name in r.sample(NAMES, r.randint(1, 7)):
            text, kinds[name], key, counts = self.column(name, not with_id)
            if counts and counting:
                text = text.replace("increment=True", "increment=False")
            counting = counting or counts
            columns.append(text)
            keys += [name] * key
        plain = [n for n, kind in kinds.items() if kind in (N, S, T)]
        more = self.references(i) + self.special()
        if with_id:
            more += ["sa.PrimaryKeyConstraint('id')"]
        more += self.constraints(i, plain, bool(keys) or with_id)
        schema = self.maybe(0.3, "schema='other'")
        comment = self.maybe(0.3, "comment='c'")
        words = [f"'t{i}'"] + columns + more + schema + comment
        yield f"op.create_table({', '.join(words)})"
        yield from self.changes(i, kinds, plain, keys or more, schema)
        # Under its new name it could not be referred to by this one.
        if with_id and not any("'Tab" in b and f"'t{i}'" in b
                               for b in self.back):
            self.keyed.append((schema, f"t{i}"))

    def filled(self, i):
        """A table with rows in it."""
        r = self.r
        types = [t for t in TYPES if t[1] in VALUES]
        kinds = {n: r.choice(types) for n in r.sample(NAMES, 4)}
        columns = ["sa.Column('id', sa.Integer, primary_key=True)"] + [
            f"sa.Column({name!r}, {type_.format(20)})"
            for name, (type_, _) in kinds.items()
        ]
        yield f"filled = op.create_table('filled{i}', {', '.join(columns)})"
        rows = [
            ", ".join([f"'id': {n}"] + [
                f"{name!r}: {r.choice(VALUES[kind])}"
                for name, (_, kind) in kinds.items()
            ])
            for n in range(3)
        ]
        rows = ", ".join("{" + row + "}" for row in rows)
        yield f"op.bulk_insert(filled, [{rows}])"

    def changes(self, i, kinds, plain, is_keyed, schema):
        r = self.r
        rest = ", ".join([""] + schema)
        if r.random() < 0.5:
            words = [f"'t{i}'", self.column("added", False)[0]] + schema
            yield f"op.add_column({', '.join(words)})"
            self.back.append(f"op.drop_column('t{i}', 'added'{rest})")
        if plain and r.random() < 0.4:
            words = [f"'ix{i}'", f"'t{i}'", repr([r.choice(plain)])] + schema
            words.append(f"unique={r.random() < 0.5}")
            words += self.maybe(0.3, "postgresql_where=sa.text('1 = 1')")
            words += self.maybe(0.3, "postgresql_using='btree'")
            words += self.maybe(0.2, "postgresql_with={'fillfactor': 70}")
            yield f"op.create_index({', '.join(words)})"
            if r.random() < 0.5:
                self.back.append(
                    f"op.drop_index('ix{i}', table_name='t{i}'{rest})")
        if plain and r.random() < 0.3:
            words = [f"'late{i}'", f"'t{i}'", repr([r.choice(plain)])] + schema
            yield f"op.create_unique_constraint({', '.join(words)})"
            if r.random() < 0.5:
                self.back.append(
                    f"op.drop_constraint('late{i}', 't{i}'{rest},"
                    " type_='unique')")
        if r.random() < 0.2:
            yield (f"op.create_check_constraint('check{i}', 't{i}',"
                   f" \"1 <> 2\"{rest})")
        name = r.choice(sorted(kinds))
        if r.random() < 0.5:
            words = [f"'t{i}'", repr(name)] + schema
            if kinds[name] in DEFAULTS and r.random() < 0.6:
                default = r.choice(DEFAULTS[kinds[name]] + ["None"])
                words.append(f"server_default={default}")
            if not is_keyed:
                words += self.maybe(0.4, f"nullable={r.random() < 0.5}")
            words += self.maybe(0.3, f"comment={r.choice([None, 'z'])!r}")
            if kinds[name] == S:
                words += self.maybe(0.3, "type_=sa.Text()")
            if r.random() < 0.3:
                words.append(f"new_column_name='Ren{i}'")
                self.back.append(f"op.alter_column('t{i}', 'Ren{i}',"
                                 f" new_column_name={name!r}{rest})")
            yield f"op.alter_column({', '.join(words)})"
        if r.random() < 0.2:
            words = [f"'t{i}'", f"'Tab {i}'"] + schema
            yield f"op.rename_table({', '.join(words)})"
            self.back.insert(0, f"op.rename_table('Tab {i}', 't{i}'{rest})")
        if r.random() < 0.5 and not schema:
            self.back.append(f"op.execute('DROP TABLE t{i} CASCADE')")


def statements(r):
    """SQL of one's own, in the ways it may be written."""
    return [
        'op.execute("CREATE SCHEMA other")',
        "op.execute(sa.text(\"CREATE VIEW v1 AS SELECT '50%' AS a\"))",
        'op.execute("""\n        CREATE FUNCTION f(integer) RETURNS text\n'
        "        LANGUAGE sql AS $$ SELECT 'a;b' || $1::text $$;\n"
        "        COMMENT ON FUNCTION f(integer) IS 'it''s \\\\:x'\n"
        '    """)',
        f"op.execute('CREATE SEQUENCE s{r.randint(1, 9)}'",
        "           ' START 5')",
    ]


def batch(lines, r):
    """Operations on one table may be written as a batch."""
    for line in lines:
        found = re.match(r"op\.(add_column|drop_column|alter_column)"
                         r"\(('\w+'), (.*)\)$", line)
        if not found or r.random() < 0.6:
            yield line
            continue
        what, table, rest = found.groups()
        schema = ", schema='other'" if ", schema='other'" in rest else ""
        yield f"with op.batch_alter_table({table}{schema}) as batch_op:"
        yield f"    batch_op.{what}({rest.replace(schema, '', 1)})"


def main(seed):
    writer = Writer(seed)
    print(f'"""seed {seed}"""')
    print("import sqlalchemy as sa")
    print("from alembic import op")
    print("from sqlalchemy.dialects import postgresql")
    print(f'revision = "seed{seed}"\ndown_revision = None\n\n')
    print("def upgrade():")
    for line in statements(writer.r):
        print(f"    {line}")
    for i in range(40):
        for line in batch(list(writer.table(i)), writer.r):
            print(f"    {line}")
        if i % 8 == 0:
            for line in writer.filled(i):
                print(f"    {line}")
    print("\n\ndef downgrade():")
    for line in batch(writer.back, writer.r):
        print(f"    {line}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
