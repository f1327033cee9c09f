# tb-migrate typed as alembic is: the walks that its tutorial and its guide to
# branches take, on revisions of our own.  After each step the version rows are
# those that must be there, and where alembic is installed it walks along, on a
# database of its own: the same steps are taken and refused, with the same rows
# and tables, and the same answers.
#
# shellcheck disable=SC2154 # variables of bats and of helper.bash

load migrate_helper.bash

eval "$(declare -f setup | sed 's/^setup/tb_setup/')"
eval "$(declare -f teardown | sed 's/^teardown/tb_teardown/')"

setup() {
	tb_setup
	mkdir revisions
	oracle=
	! alembic --version >/dev/null 2>&1 || start_alembic
}

teardown() {
	[ -z "$oracle" ] || kill "$oracle" 2>/dev/null || true
	dropdb --if-exists --force "${PGDATABASE}_theirs"
	tb_teardown
}

# At the end of a walk, so that it is taken in any case.
alone() {
	[ -n "$oracle" ] ||
	    skip 'walked, but alembic is not installed to walk along'
}

start_alembic() {
	local python
	python=$(sed -n '1s/^#!//p' "$(command -v alembic)")
	mkdir -p theirs/versions
	cp "$TB_ROOT/tests/data/tradebot/alembic/env.py" theirs
	printf '[alembic]\nscript_location = %s/theirs\n' "$PWD" >theirs.ini
	cat >theirs/script.py.mako <<-'E'
		"""${message}"""
		revision = ${repr(up_revision)}
		down_revision = ${repr(down_revision)}
		branch_labels = ${repr(branch_labels)}
		depends_on = ${repr(depends_on)}
		from alembic import op

		UP = DOWN = "SELECT 1"


		def upgrade():
		    op.execute(UP)


		def downgrade():
		    op.execute(DOWN)
	E
	createdb "${PGDATABASE}_theirs"
	export PYTHONDONTWRITEBYTECODE=1
	export DATABASE_URL="postgresql://$PGUSER@/${PGDATABASE}_theirs?host=$PGHOST&port=${PGPORT-5432}"
	mkfifo their.in their.out
	# shellcheck disable=SC2086 # "/usr/bin/env python3" is two words
	$python "$TB_ROOT/tests/guide/oracle.py" theirs.ini \
	    <their.in >their.out 2>their.err 3>&- &
	oracle=$!
	exec 6>their.in 7<their.out
	unset DATABASE_URL
}

# The answer of alembic is in $their, its exit code in $their_code.
alembic_says() {
	local line
	their=
	printf '%s ' "$@" >&6
	echo >&6
	while IFS= read -r line <&7; do
		[[ $line != '= '* ]] || break
		their+=$line$'\n'
	done
	their_code=${line#= }
	[[ $line == '= '* ]] || fail "alembic ended: $(cat their.err)"
}

in_theirs() {
	PGDATABASE=${PGDATABASE}_theirs "$@"
}

# Lines without the empty ones, and in one order: alembic's is that of a set,
# here and for several labels.
lines_of() {
	sed -e '/^$/d' -e 's/(shop, net)/(net, shop)/' <<<"$1" | sort
}

same_answer() {
	tb 0 tb-migrate "$@"
	[ -n "$oracle" ] || return 0
	alembic_says "$@"
	assert_equal "$(lines_of "$output")" "$(lines_of "$their")"
}

# do_both WHAT COMMAND...: WHAT is "ok" or "refused".
do_both() {
	local want=$1
	shift
	case $want in
	ok) tb 0 tb-migrate "$@" ;;
	refused) tb 65 tb-migrate "$@" ;;
	esac
	[ -n "$oracle" ] || return 0
	echo "\$ alembic $*"
	alembic_says "$@"
	case $want:$their_code in
	ok:0 | refused:[1-9]*) ;;
	*) fail "alembic answers $their_code: $their $(cat their.err)" ;;
	esac
	assert_equal "$(in_theirs state)" "$(state)"
}

# The rows of the version table, "none" if it is not there, and the tables.
state() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 <<-'E'
		SELECT to_regclass('alembic_version') IS NULL AS none \gset
		\if :none
		SELECT 'none';
		\else
		SELECT string_agg(version_num, ' ' ORDER BY version_num)
		  FROM alembic_version;
		\endif
		SELECT string_agg(relname, ' ' ORDER BY relname COLLATE "C")
		  FROM pg_class
		 WHERE relnamespace = 'public'::regnamespace
		   AND relkind = 'r';
	E
}

# at ROWS: where the database is now, and that both say so.
at() {
	assert_equal "$(state | head -1)" "$1"
	same_answer current
	same_answer heads
}

# make ID MESSAGE [OPTION...]: a revision that makes a table t_ID.
make() {
	local id=$1 file
	do_both ok revision --rev-id "$id" -m "$2" "${@:3}"
	sed -i -e "/^--: upgrade/aCREATE TABLE public.t_$id (id integer);" \
	    -e "/^--: downgrade/aDROP TABLE public.t_$id;" revisions/"$id"_*
	[ -n "$oracle" ] || return 0
	file=$(echo theirs/versions/"$id"_*)
	sed -i "s/^UP = .*/UP = \"CREATE TABLE public.t_$id (id integer)\"\\
DOWN = \"DROP TABLE public.t_$id\"/" "$file"
}

first_steps() {
	make 4c1d9e02b7aa account
	do_both ok upgrade head
	at 4c1d9e02b7aa
	make ae17b3c4d5e6 last_seen
	at 4c1d9e02b7aa
	do_both ok upgrade head
	at ae17b3c4d5e6
	make 27c6a9f1e203 orders
	make 9b00e1f2a3c4 prices
	same_answer history
	do_both ok downgrade base
	at ''
	assert_equal "$(tables)" ''

	# So many steps from here, or from a revision; part of an id.
	do_both ok upgrade +2
	at ae17b3c4d5e6
	do_both ok downgrade -1
	at 4c1d9e02b7aa
	do_both ok upgrade ae1
	at ae17b3c4d5e6
	do_both ok upgrade ae1+2
	at 9b00e1f2a3c4
	do_both ok downgrade 27c6a-1
	at ae17b3c4d5e6
	do_both ok upgrade 4c1+2
	at 27c6a9f1e203
	do_both refused upgrade +5
	do_both refused upgrade no_such_thing
	do_both refused downgrade -7
	at 27c6a9f1e203
	# What is above is no way down, what is below no way up.
	do_both refused downgrade 9b00
	do_both ok upgrade ae1
	at 27c6a9f1e203

	same_answer history -r4c1d:27c6
	same_answer history -r-3:current
	same_answer history -rae17:
	same_answer history -r:ae17
	same_answer history -rcurrent:
	same_answer history -i
	do_both ok downgrade base
	at ''
}

two_heads() {
	make 1a11e5c0ffee base_table
	make 2b22e5c0ffee left --head 1a11
	do_both refused revision --rev-id 3c33 -m right --head 1a11
	make 3c33e5c0ffee right --head 1a11 --splice
	same_answer heads
	same_answer branches
	same_answer history
	# "head" is two revisions.
	do_both refused upgrade head
	do_both refused revision -m which
	do_both ok upgrade 2b22
	at 2b22e5c0ffee
	do_both ok upgrade heads
	at '2b22e5c0ffee 3c33e5c0ffee'
	do_both refused upgrade +1
	do_both ok downgrade 2b22@-1
	at 3c33e5c0ffee
	do_both ok upgrade 2b22
	do_both ok merge --rev-id 4d44e5c0ffee -m both 2b22 3c33
	same_answer heads
	same_answer history
	at '2b22e5c0ffee 3c33e5c0ffee'
	do_both ok upgrade head
	at 4d44e5c0ffee
	make 5e55e5c0ffee after
	do_both ok upgrade head
	at 5e55e5c0ffee
	# Down past the merge there are two rows again.
	do_both ok downgrade 4d44
	do_both ok downgrade 2b22
	at '2b22e5c0ffee 3c33e5c0ffee'
	do_both ok downgrade 2b22@1a11
	at 3c33e5c0ffee
	do_both ok upgrade 4d44
	do_both ok downgrade 1a11
	at 1a11e5c0ffee
	do_both ok upgrade head
	do_both ok downgrade base
	at ''
}

labels() {
	make 0a10cafe0001 shop --branch-label shop
	make 0a20cafe0002 cart
	make 0b10cafe0001 net --head base --branch-label net
	make 0b20cafe0002 routes --head net@head
	same_answer heads
	same_answer history
	do_both refused upgrade head
	do_both ok upgrade net@head
	at 0b20cafe0002
	do_both ok upgrade shop@+1
	at '0a10cafe0001 0b20cafe0002'
	do_both ok upgrade shop@head
	at '0a20cafe0002 0b20cafe0002'
	do_both ok downgrade net@-1
	at '0a20cafe0002 0b10cafe0001'
	do_both ok downgrade net@base
	at 0a20cafe0002
	do_both ok upgrade heads
	at '0a20cafe0002 0b20cafe0002'
	same_answer history -rnet@base:net@head
	same_answer history -rshop@0a10:shop@head
	do_both refused upgrade shop@0b10
	# A label that is taken, and a third history without one.
	tb 65 tb-migrate revision -m x --head base --branch-label net
	make 0c10cafe0001 alone --head base
	do_both ok upgrade heads
	at '0a20cafe0002 0b20cafe0002 0c10cafe0001'
	do_both ok downgrade 0c10@base
	do_both ok merge --rev-id 0d10cafe0001 -m together shop@head net@head
	do_both ok upgrade shop@head
	at 0d10cafe0001
	same_answer branches
	# One step down from there is two ways.
	do_both refused downgrade net@-1
	do_both ok downgrade 0a20
	at '0a20cafe0002 0b20cafe0002'
}

dependencies() {
	make 0a10cafe0001 shop --branch-label shop
	make 0a20cafe0002 cart
	make 0b10cafe0001 net --head base --branch-label net
	make 0b20cafe0002 routes --head net@head --depends-on 0a20
	same_answer heads
	same_answer heads --resolve-dependencies
	same_answer history
	# What it depends on comes with it, and is no row.
	do_both ok upgrade net@head
	at 0b20cafe0002
	do_both ok downgrade net@-1
	at '0a20cafe0002 0b10cafe0001'
	do_both ok upgrade heads
	at 0b20cafe0002
	# Beyond it the branch has a row of its own again.
	make 0a30cafe0003 pay --head shop@head
	do_both ok upgrade shop@+1
	at '0a30cafe0003 0b20cafe0002'
	same_answer heads
	do_both ok downgrade shop@-1
	at 0b20cafe0002
	do_both ok upgrade heads
	# Under what depends on it a branch cannot be taken away alone.
	do_both ok downgrade shop@base
	at 0b10cafe0001
	do_both ok downgrade base
	at ''
	make 0e10cafe0001 more --head base --depends-on net
	do_both ok upgrade 0e10
	at 0e10cafe0001
	do_both ok upgrade heads
	at '0a30cafe0003 0b20cafe0002 0e10cafe0001'
}

stamps() {
	make 1a11e5c0ffee base_table
	make 2b22e5c0ffee left
	make 3c33e5c0ffee right --head 1a11 --splice
	do_both ok stamp 1a11
	at 1a11e5c0ffee
	assert_equal "$(tables)" ''
	do_both ok stamp heads
	at '2b22e5c0ffee 3c33e5c0ffee'
	do_both ok stamp 1a11
	at 1a11e5c0ffee
	do_both refused stamp head
	do_both ok stamp 2b22 3c33
	at '2b22e5c0ffee 3c33e5c0ffee'
	do_both ok stamp base
	at ''
	do_both refused stamp no_such_thing
	# A row that no file has: only --purge helps.
	sql "INSERT INTO alembic_version VALUES ('gone')"
	[ -z "$oracle" ] ||
	    in_theirs sql "INSERT INTO alembic_version VALUES ('gone')"
	do_both refused stamp 2b22
	do_both refused upgrade heads
	do_both ok stamp --purge 2b22
	at 2b22e5c0ffee
	do_both ok stamp --purge base
	at ''
}

sees_ensure_version() {
	make 1a11e5c0ffee base_table
	do_both ok current
	assert_equal "$(sql "SELECT to_regclass('alembic_version')")" ''
	do_both ok ensure_version
	assert_equal "$(sql "SELECT to_regclass('alembic_version')")" \
	    alembic_version
	at ''
	do_both ok ensure_version
	do_both ok upgrade head
	do_both ok ensure_version
	at 1a11e5c0ffee
}

@test "guide: first steps, relative and partial ids, ranges" {
	first_steps
	alone
}

@test "guide: two heads, and a merge" {
	two_heads
	alone
}

@test "guide: labels and several bases" {
	labels
	alone
}

@test "guide: what depends on another branch" {
	dependencies
	alone
}

@test "guide: stamp" {
	stamps
	alone
}

@test "guide: ensure_version" {
	sees_ensure_version
	alone
}
