# plan.bash: revisions of which every statement leaves a mark.
#
# make_plan DIR writes the files, and DIR.sql, which fills
# probe.expect: what each statement leaves behind, and in which transaction of
# a run it is.
#
# shellcheck shell=bash

# begin_revision alone|together: the statements follow.
begin_revision() {
	plan_pos=$((plan_pos + 1))
	plan_stmt=0
	plan_alone=$1
	local before
	before=$(printf 'r%02d' $((plan_pos - 1)))
	plan_id=$(printf 'r%02d' "$plan_pos")
	plan_file=$plan_dir/${plan_id}_step.sql
	if [ "$1" = alone ] || [ "$plan_last" = alone ]; then
		plan_part=$((plan_part + 1))
	fi
	plan_last=$1
	{
		echo "--: revision $plan_id"
		[ "$plan_pos" -eq 1 ] || echo "--: down-revision $before"
		echo "--: message step $plan_pos"
		[ -z "${2-}" ] || echo "--: $2"
		printf '\n--: upgrade\n'
	} >"$plan_file"
}

statement() {
	plan_stmt=$((plan_stmt + 1))
	echo "$1;" >>"$plan_file"
}

# expect mark|relation NAME: what the last statement leaves.
expect() {
	printf "(%d, '%s', %d, '%s', '%s', %d, %s),\n" "$plan_pos" "$plan_id" \
	    "$plan_stmt" "$1" "$2" "$plan_part" \
	    "$([ "$plan_alone" = alone ] && echo true || echo false)" \
	    >>"$plan_dir.sql"
}

mark() {
	statement "INSERT INTO probe.mark VALUES ('$plan_id', $((plan_stmt + 1)))"
	expect mark ''
}

table() {
	statement "CREATE TABLE public.$1 (id integer PRIMARY KEY, v text)"
	expect relation "$1"
}

index() {
	statement "CREATE INDEX $2 ${plan_id}_$1 ON public.big (v$3)"
	expect relation "${plan_id}_$1"
}

together() {
	begin_revision together
	mark
	table "${plan_id}_a"
	statement "ALTER TABLE public.${plan_id}_a ADD COLUMN w integer"
	statement "INSERT INTO public.${plan_id}_a
    SELECT i, i FROM generate_series(1, 300) AS i"
	table "${plan_id}_b"
	mark
}

make_plan() {
	plan_dir=$1 plan_pos=0 plan_part=1 plan_last=together
	mkdir -p "$plan_dir"
	echo 'INSERT INTO probe.expect VALUES' >"$plan_dir.sql"

	together
	begin_revision together
	statement "CREATE TABLE public.big AS
    SELECT i AS id, i::text AS v, 0 AS w FROM generate_series(1, 20000) AS i"
	expect relation big
	statement 'CREATE INDEX big_id ON public.big (id)'
	mark
	together
	begin_revision alone
	index i CONCURRENTLY ''
	together
	together
	begin_revision alone 'transaction no'
	mark
	table r07_a
	mark
	statement "INSERT INTO public.r07_a
    SELECT i, i FROM generate_series(1, 100) AS i"
	mark
	table r07_b
	mark
	together
	begin_revision alone
	mark
	index i CONCURRENTLY ', w'
	mark
	statement 'VACUUM public.big'
	index j CONCURRENTLY ', id'
	mark
	begin_revision alone
	statement 'DROP INDEX CONCURRENTLY public.big_id'
	mark
	together
	together
	together
	begin_revision alone
	index i 'CONCURRENTLY IF NOT EXISTS' ', id, w'
	together
	together
	printf "(0, '', 0, 'mark', '', 0, false);\n" >>"$plan_dir.sql"
	for plan_file in "$plan_dir"/r*.sql; do
		printf '\n--: downgrade none\n' >>"$plan_file"
	done
}
