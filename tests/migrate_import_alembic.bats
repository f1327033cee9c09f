# tb-migrate import alembic: headers, and operations as SQL.
#
# What Alembic itself would send is the measure: its offline script is run in
# one database, the imported revisions in another, and pg_dump must not tell
# them apart.

# shellcheck disable=SC2016 # what looks like a variable is for other programs

load migrate_helper.bash

SHOP=$TB_ROOT/tests/data/import/alembic
BOT=$TB_ROOT/tests/data/tradebot/alembic

need_alembic() {
	command -v alembic >/dev/null || skip 'alembic is not installed'
}

# offline TREE COMMAND...: what alembic prints.
offline() {
	local tree=$1
	shift
	(cd "$tree" && PYTHONDONTWRITEBYTECODE=1 \
	    DATABASE_URL=postgresql:// alembic "$@" --sql 2>>"$HOME/alembic.log")
}

# Both databases, without what is not the project's.
dump_without_history() {
	pg_dump -s -N tb -T 'public.alembic_version' "$1" |
	    grep -vE '^\\(un)?restrict '
}

other_database() {
	OTHER=${PGDATABASE}_other
	createdb "$OTHER"
}

teardown() {
	[ -z "${OTHER-}" ] || dropdb --if-exists --force "$OTHER"
	dropdb --if-exists --force "$PGDATABASE"
}

assert_same_schema() {
	dump_without_history "$PGDATABASE" >ours
	dump_without_history "$OTHER" >theirs
	diff theirs ours
}

run_in_other() {
	psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -d "$OTHER" -f "$1"
}

# revision ID DOWN [LINE...]: a file in versions/, more of it on stdin.
revision() {
	mkdir -p versions
	{
		printf '"""make %s"""\nimport sqlalchemy as sa\n' "$1"
		printf 'from alembic import op\n'
		printf 'revision = "%s"\ndown_revision = %s\n' "$1" "$2"
		cat
	} >"versions/$1.py"
}

@test "import alembic: TradeBot's tree, and its database goes on" {
	tb 0 tb-migrate import alembic "$BOT"
	assert_line --regexp '^69694099e14e +2 +2 +0  add_api_key_id'
	assert_err --partial '14 revisions written to "revisions"'
	run head -4 revisions/69694099e14e_*
	assert_output '--: revision 69694099e14e
--: down-revision 7354d6bd11ea
--: message add_api_key_id_to_bot_config
--: date 2025-06-29T18:04:11'
	tb 0 tb-migrate history --format json
	for key in revision parents head branchpoint mergepoint; do
		sql "SELECT jsonb_path_query_array('$output', '\$[*].$key')"
	done >ours
	tb 0 tb-migrate history --format json --revisions "$TRADEBOT"
	for key in revision parents head branchpoint mergepoint; do
		sql "SELECT jsonb_path_query_array('$output', '\$[*].$key')"
	done | diff - ours
	# A database in service has this table and this row.
	sql "CREATE TABLE public.alembic_version (version_num varchar(32)
	    NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
	    INSERT INTO public.alembic_version VALUES ('b7e3f2c1a9d8')"
	tb 0 tb-migrate current
	assert_output --partial 'b7e3f2c1a9d8 (head)'
	tb 0 tb-migrate upgrade head
	assert_err 'tb-migrate: nothing to do: the database is at b7e3f2c1a9d8'
	tb 0 tb-migrate import alembic "$BOT" --stamp
	assert_err --partial 'nothing to stamp'
}

@test "import alembic: TradeBot's SQL is that of its revisions" {
	other_database
	tb 0 tb-migrate import alembic "$BOT"
	tb 0 tb-migrate upgrade head
	tb 0 tb-migrate upgrade head --revisions "$TRADEBOT" -d "$OTHER"
	assert_same_schema
	tb 0 tb-migrate downgrade base
	assert_equal "$(tables)" ''
}

@test "import alembic: every known operation, up, is as Alembic has it" {
	need_alembic
	other_database
	tb 0 tb-migrate import alembic "$SHOP"
	refute_output --partial WHERE
	tb 0 tb-migrate upgrade heads
	offline "$SHOP" upgrade heads >up.sql
	run_in_other up.sql
	assert_same_schema
	run wc -l <ours
	[ "$output" -gt 800 ]
	assert_equal "$(rows)" d0000000001
	assert_sql 'SELECT count(*) FROM "Notes"' 1
}

@test "import alembic: every known operation, down, is as Alembic has it" {
	need_alembic
	other_database
	tb 0 tb-migrate import alembic "$SHOP"
	tb 0 tb-migrate upgrade heads
	offline "$SHOP" upgrade heads >up.sql
	run_in_other up.sql
	tb 0 tb-migrate downgrade c0000000001
	offline "$SHOP" downgrade d0000000001:c0000000001 >down.sql
	run_in_other down.sql
	assert_same_schema
	tb 0 tb-migrate downgrade base
	offline "$SHOP" downgrade c0000000001:base >down.sql
	run_in_other down.sql
	assert_same_schema
	run grep -c CREATE ours
	assert_output 0
}

@test "import alembic --run-alembic: the SQL is Alembic's own" {
	need_alembic
	other_database
	cp -r "$SHOP" tree
	tb 0 tb-migrate import alembic tree --run-alembic
	assert_line --regexp '^a0000000003 +29 +25 +0 '
	tb 0 tb-migrate upgrade heads
	offline "$SHOP" upgrade heads >up.sql
	run_in_other up.sql
	assert_same_schema
	run grep -lE 'alembic_version|BEGIN|COMMIT|Running' revisions/*
	assert_output ''
	run cat revisions/d0000000001*
	assert_line '--: transaction no'
	run find tree -name __pycache__
	assert_output ''
	tb 0 tb-migrate downgrade base
	run tables
	assert_output ''
}

@test "import alembic --run-alembic: what fails there is translated here" {
	need_alembic
	cp -r "$SHOP" tree
	cat >tree/shop/versions/0007_bind.py <<-'E'
		"""asks the database"""
		from alembic import op
		revision = "e0000000001"
		down_revision = "d0000000001"
		def upgrade():
		    op.execute("CREATE TABLE asked ()")
		    op.get_bind().execute("SELECT 1").scalar()
		def downgrade():
		    raise NotImplementedError
	E
	tb 1 tb-migrate import alembic tree --run-alembic
	assert_err --partial 'alembic upgrade d0000000001:e0000000001 --sql failed'
	assert_line --regexp '^a0000000003 +29 +25 +0 '
	assert_line --regexp '^e0000000001 +1 +none +1 '
	assert_line --regexp '^shop/versions/0007_bind.py:7 '
}

@test "import alembic: nothing is executed" {
	mkdir -p versions
	cat >versions/x.py <<-E
		"""a trap"""
		open("$PWD/executed", "w")
		revision = "x"
		down_revision = None
		raise SystemExit
		def upgrade():
		    pass
	E
	tb 0 tb-migrate import alembic versions
	[ ! -e executed ]
}

@test "import alembic: headers in all their forms" {
	mkdir -p versions
	cat >versions/a.py <<-'E'
		# -*- coding: utf-8 -*-
		r'''first
		  line of two

		and more

		Create Date: 2020-01-02 03:04:05.678+00:00
		'''
		from typing import Union
		BRANCH = "east"
		revision: str = 'a' 'a'
		down_revision: Union[str, None] = None
		branch_labels = (BRANCH, cli.WEST,)
		depends_on = []
		def upgrade(): pass
	E
	cat >versions/b.py <<-'E'
		revision = """bb"""; down_revision = "aa"
		depends_on = "cc"
		def upgrade():
		    pass
		def downgrade():
		    raise Exception("never")
	E
	printf '%s\r\n' 'revision = ("cc")' 'down_revision = None' \
	    'def upgrade():' '    ...' >versions/c.py
	printf '%s\n' 'revision = "dd"' 'down_revision = [' \
	    '    "bb", # one' '    "cc",' ']' >versions/d.py
	printf 'syntax error ((' >versions/__init__.py
	tb 65 tb-migrate import alembic versions
	assert_err --partial \
	    'versions/a.py:13: branch_labels is computed: cli.WEST'
	assert_err --partial -- '--define cli.WEST=VALUE'
	tb 1 tb-migrate import alembic versions --define cli.WEST=west
	assert_line --regexp '^d.py +there is no upgrade'
	tb 0 tb-migrate history --format json
	assert_json '$[*] ? (@.revision == "aa").message' 'first line of two'
	assert_json '$[*] ? (@.revision == "aa").date' 2020-01-02T03:04:05Z
	assert_json '$[*] ? (@.revision == "aa").labels[1]' west
	assert_json '$[*] ? (@.revision == "bb").depends_on[0]' cc
	assert_json '$[*] ? (@.revision == "dd").parents.size()' 2
	run grep -c 'downgrade none' revisions/bb.sql
	assert_output 1
}

@test "import alembic: faults of headers and graph name file and line" {
	local line
	while read -r line; do
		mkdir -p versions
		printf 'x = 1\n%b\n' "$line" >versions/x.py
		tb 65 tb-migrate import alembic versions
		assert_err --regexp 'versions/x.py(:2)?: '
		rm -r versions
	done <<-'E'
		revision = "a" + make()
		revision = f"a{1}"
		revision = "a-b"
		revision = compute()
		down_revision = "a"
		down_revision = "nobody"\nrevision = "a"
		down_revision = "a"\nrevision = "a"
		depends_on = ["b"]\nrevision = "a"
		revision = "open
		revision = ("a"
	E
	revision one None </dev/null
	revision two None </dev/null
	sed -i 's/"two"/"one"/' versions/two.py
	tb 65 tb-migrate import alembic versions
	assert_err --partial 'versions/two.py:4: revision "one" is there twice'
	assert_err --partial 'versions/one.py:4'
}

@test "import alembic: where a tree may be found" {
	revision one None <<<'def upgrade(): pass'
	mkdir -p tree/scripts tree/more/sub
	cp -r versions tree/scripts
	echo 'import x' >tree/scripts/env.py
	revision two '"one"' <<<'def upgrade(): pass'
	mv versions/two.py tree/more/sub
	printf '[alembic]\n# here\nscript_location = %%(here)s/scripts\n' \
	    >tree/alembic.ini
	for place in tree tree/alembic.ini tree/scripts tree/scripts/versions
	do
		rm -rf revisions
		tb 0 tb-migrate import alembic "$place"
		assert_err --partial '1 revision written'
	done
	cat >>tree/alembic.ini <<-'E'
		version_path_separator = os
		version_locations = %(here)s/scripts/versions:%(here)s/more/sub
	E
	tb 0 tb-migrate import alembic tree
	assert_err --partial '1 revision written to "revisions", 1 was there'
	sed -i -e 's/:%(here)s.*/ more/' -e 's/= os/= space/' \
	    tree/alembic.ini
	tb 0 tb-migrate import alembic tree --output r2
	assert_err --partial '1 revision written'
	tb 0 tb-migrate import alembic tree --output r2 --recursive
	assert_err --partial '1 revision written to "r2", 1 was there'
	rm tree/alembic.ini
	cat >tree/pyproject.toml <<-'E'
		[project]
		name = "x"

		[tool.alembic]
		script_location = "%(here)s/nowhere"
		version_locations = [
		    "%(here)s/scripts/versions",
		    "more/sub",
		]
	E
	tb 0 tb-migrate import alembic tree --output r3
	assert_err --partial '2 revisions written'
	tb 66 tb-migrate import alembic "$PGHOST"
}

@test "import alembic: what has no SQL is marked with file and line" {
	revision u1 None <<-'E'
		from somewhere import helper, Mood
		TABLE = "t"
		SQL = "SELECT 1"
		SQL += " + 1"
		COLUMNS = ["a"]
		COLUMNS.append("b")
		def upgrade():
		    op.execute(f"CREATE TABLE {TABLE} (a int)")
		    op.execute("CREATE TABLE %s (a int)" % TABLE)
		    op.execute(SQL)
		    op.create_index("i", TABLE, COLUMNS)
		    helper()
		    for t in ("a", "b"):
		        op.drop_table(t)
		    if op.get_bind().dialect.name == "postgresql":
		        op.drop_table("a")
		    else:
		        op.drop_table("b")
		    op.create_table("e", sa.Column("e", sa.Enum(Mood)))
		    op.execute("SELECT :bound")
		    op.add_column("t", sa.Column("c", sa.Integer(), typo=1))
		    op.add_column("t", sa.Column("c", helper.Type()))
		    op.execute("BEGIN; SELECT 1")
		    op.drop_constraint(None, "t")
		    op.execute("CREATE TABLE public.known ()")
		    return
		    op.drop_table("known")
	E
	tb 1 tb-migrate import alembic versions
	assert_line --regexp '^u1 +1 +none +13 '
	for n in 13 14 15 16 17 18 20 24 25 26 27 28 29; do
		assert_line --regexp "^u1.py:$n "
	done
	run cat revisions/u1*
	assert_line --regexp '^--: untranslated u1.py:18 for t in'
	assert_line -- '--     for t in ("a", "b"):'
	assert_line -- '--         op.drop_table(t)'
	assert_line 'CREATE TABLE public.known ();'
	refute_line --regexp '^[^-].*DROP'
	tb 65 tb-migrate upgrade head
	assert_err --partial 'revisions/u1_make_u1.sql:'
	assert_equal "$(tables)" ''
}

@test "import alembic: types of one's own with --define, rows, connections" {
	revision r1 None <<-'E'
		from mine.types import Money as Cash
		from sqlalchemy.sql import column, table
		def upgrade():
		    conn = op.get_bind()
		    kinds = op.create_table(
		        "kinds",
		        sa.Column("id", sa.Integer, primary_key=True),
		        sa.Column("price", Cash(2)),
		        sa.Column("name", sa.Text),
		        sa.Column("on", sa.Boolean),
		    )
		    op.bulk_insert(kinds, [
		        {"name": "it's", "price": 1.5, "on": True},
		        {"name": None, "price": -2, "on": False},
		    ])
		    op.bulk_insert(table("kinds", column("id")), [{"id": 77}])
		    conn.execute(sa.text("UPDATE kinds SET name = 'x' WHERE id = 77"))
		def downgrade():
		    op.drop_table("kinds")
	E
	tb 1 tb-migrate import alembic versions
	assert_line --partial 'type mine.types.Money'
	rm -r revisions
	tb 0 tb-migrate import alembic versions \
	    --define 'mine.types.Money=numeric(9,2)'
	tb 0 tb-migrate upgrade head
	assert_sql 'SELECT concat_ws(chr(44), id, price, name, "on") FROM kinds
	    ORDER BY id' "1,1.50,it's,t
2,-2.00,f
77,x"
}

@test "import alembic: 300 revisions, deep brackets and long lines" {
	mkdir versions
	for i in $(seq 300); do
		printf '%s\n' 'from alembic import op' "revision = \"r$i\"" \
		    "down_revision = $([ "$i" = 1 ] && echo None ||
			echo "\"r$((i - 1))\"")" \
		    'def upgrade():' "    op.execute(\"SELECT $i\")" \
		    'def downgrade():' '    pass' >"versions/f$i.py"
	done
	{
		printf 'x = '
		printf '(%.0s' $(seq 5000)
		printf ')%.0s' $(seq 5000)
		printf '\n'
	} >>versions/f7.py
	tb 0 tb-migrate import alembic versions -q
	assert_output ''
	tb 0 tb-migrate heads
	assert_output 'r300 (head)'
	run ls revisions
	assert_equal "${#lines[@]}" 300
}
