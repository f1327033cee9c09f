# tb-migrate: the graph and its drawings, what a pipeline asks of it, and the
# settings of tb.conf.
#
# shellcheck disable=SC2154 # variables of bats and of helper.bash
# shellcheck disable=SC1003,SC2016 # a backslash and backquotes that are meant

load migrate_helper.bash

# Nothing here may try to connect.
no_server() {
	PGHOST=$BATS_TEST_TMPDIR/nowhere "$@"
}

# on_terminal COLUMNS COMMAND: its output on a terminal of that width.
on_terminal() {
	[[ $(script --version 2>/dev/null) == *util-linux* ]] ||
	    skip 'script of util-linux is not installed'
	run script -qec "stty cols $1; TERM=xterm $2" /dev/null
	output=${output//$'\r'/}
	mapfile -t lines <<<"$output"
}

# Revisions without SQL, for graphs that are only looked at.
bare() {
	rev "$@" <<<'--: upgrade'
}

diamond() {
	bare a1
	bare b2 a1
	bare c3 a1
	bare d4 'b2 c3'
}

# What the drawing on stdin says, one edge a line.
read_back() {
	awk -f "$TB_ROOT/tests/graph/read.awk" | sort
}

# The same from the graph itself.
edges() {
	psql -X -q -A -t -F ' ' -v ON_ERROR_STOP=1 -v "j=$1" <<-'E' | sort
		SELECT e->>'to', e->>'from', e->>'kind'
		  FROM jsonb_array_elements(:'j'::jsonb->'edges') AS e
	E
}

@test "graph: a fork and a merge" {
	diamond
	bare e5 d4
	no_server tb 0 tb-migrate graph
	assert_output '* e5 (head), make e5
*   d4 (mergepoint), make d4
|\
* | b2, make b2
| * c3, make c3
|/
* a1 (branchpoint), make a1'
	tb 0 tb-migrate history --graph
	assert_line --index 2 '|\'
}

@test "graph: many parents, and lines that cross" {
	bare a1
	bare b2 a1
	bare c3 a1
	bare d4 a1
	bare e5 'b2 c3 d4'
	bare f6 'b2'
	tb 0 tb-migrate graph
	assert_output '*-.   e5 (head) (mergepoint), make e5
|\ \
| | | * f6 (head), make f6
|_|_|/
* | | b2 (branchpoint), make b2
| * | c3, make c3
|/ /
| * d4, make d4
|/
* a1 (branchpoint), make a1'
}

@test "graph: several roots do not look as if one followed the other" {
	bare a1
	bare b2
	bare c3 b2
	tb 0 tb-migrate graph
	assert_output '* a1 (head), make a1

* c3 (head), make c3
* b2, make b2'
}

@test "graph: dependencies are dotted" {
	bare a1
	bare b2 a1
	bare x1 '' 'depends-on a1'
	bare x2 'x1' 'depends-on b2'
	tb 0 tb-migrate graph
	assert_output '*   x2 (head), make x2
|\
| :
* : x1, make x1
: :
: * b2 (effective head), make b2
:/
* a1, make a1'
}

@test "graph: what is drawn can be read back, on random graphs" {
	local seed
	for seed in {1..40}; do
		rm -rf revisions
		mkdir revisions
		awk -v seed="$seed" -v n=40 -v dir=revisions \
		    -f "$TB_ROOT/tests/graph/random.awk" | sort >drawn.want
		tb-migrate graph >drawing
		read_back <drawing >drawn.got
		diff drawn.want drawn.got || {
			cat drawing
			fail "seed $seed"
		}
	done
	# As JSON it is the same.
	edges "$(tb-migrate graph --format json)" >drawn.json
	diff drawn.want drawn.json
}

@test "graph: 100 parents, 500 diamonds: no more rows than ways" {
	local i
	bare a
	for ((i = 1; i <= 100; i++)); do
		bare "p$i" a
	done
	bare m "$(echo p{1..100})"
	tb 0 tb-migrate graph
	# Each of p2 to p100 joins the others once.
	assert_equal "${#lines[@]}" $((1 + 1 + 100 + 99 + 1))
	assert_equal "$(read_back <<<"$output" | wc -l)" 200
	assert_equal "$(read_back <<<"$output" | grep -c '^m p')" 100

	rm -rf revisions
	mkdir revisions
	awk 'function edge(child, parent) {
		parents = parents " " parent
		print child, parent, "parent"
	}
	function file(id) {
		printf "--: revision %s\n%s--: upgrade\n", id, parents == "" ? \
		    "" : "--: down-revision" parents "\n" >"revisions/" id ".sql"
		close("revisions/" id ".sql")
		parents = ""
	}
	BEGIN {
		for (i = 1; i <= 500; i++) {
			for (k = 1; k <= 2; k++) {
				if (i > 1)
					edge(k "x" i, "m" i - 1)
				file(k "x" i)
			}
			edge("m" i, "1x" i)
			edge("m" i, "2x" i)
			file("m" i)
		}
	}' | sort >want
	tb 0 tb-migrate graph
	assert_equal "${#lines[@]}" $((500 * 5))
	read_back <<<"$output" >got
	diff want got
}

# many_files N LABELS: a line of revisions, of which the first ones have a label.
many_files() {
	awk -v n="$1" -v labels="$2" 'BEGIN {
		for (i = 1; i <= n; i++) {
			id = sprintf("r%05d", i)
			f = "revisions/" id ".sql"
			printf "--: revision %s\n", id >f
			if (i > 1)
				printf "--: down-revision r%05d\n", i - 1 >f
			if (i <= labels)
				printf "--: labels l%03d\n", i >f
			printf "--: upgrade\n" >f
			close(f)
		}
	}'
}

@test "graph: many files are read as few are" {
	mkdir revisions
	many_files 2500 100
	no_server tb 0 tb-migrate heads -q
	assert_output --regexp '^r02500 \(l001, l002, .*, l100\) \(head\)$'
	tb 0 tb-migrate show l050+10
	assert_line 'Rev: r00060'
	tb-migrate history | sed 's/.* -> \(r[0-9]*\) .*/\1/' >got
	seq -f 'r%05.0f' 2500 -1 1 | diff - got
	# Of many faults the one of the first file is told.
	for i in 00700 01900 02400; do
		echo 'SELECT 1' >"revisions/r$i.sql"
	done
	tb 65 tb-migrate heads
	assert_err --partial 'error: revisions/r00700.sql:1: text before'
	refute_err --partial r01900
	# One file under two names is one revision; the same id in two is not.
	many_files 2500 0
	mkdir more
	cp revisions/r00001.sql revisions/r02499.sql more
	tb 65 tb-migrate heads --revisions revisions --revisions more
	assert_err --partial 'more/r00001.sql:1: revision "r00001" is there twice'
	ln -sf ../revisions/r00001.sql ../revisions/r02499.sql more
	tb 0 tb-migrate heads --revisions revisions --revisions more
	assert_output 'r02500 (head)'
	assert_err --partial 'is reached twice'
}

# Labels on a plain line go to all of it, past a branch only upwards; where
# branches meet, all of theirs come together.
@test "graph: labels of branches meet" {
	bare a1
	bare b2 a1 'labels left'
	bare c3 a1 'labels right more'
	bare d4 'b2 c3' 'labels both'
	bare e5 d4
	bare f6 e5
	bare x1 '' 'depends-on left'
	bare y2 x1 'labels alone'
	tb 0 tb-migrate history --format json
	assert_json '$[*] ? (@.revision == "f6").labels' \
	    '["both", "left", "more", "right"]'
	assert_json '$[*] ? (@.revision == "e5").labels' \
	    '["both", "left", "more", "right"]'
	assert_json '$[*] ? (@.revision == "c3").labels' '["more", "right"]'
	assert_json '$[*] ? (@.revision == "a1").labels' '[]'
	assert_json '$[*] ? (@.revision == "x1").labels' '["alone"]'
}

@test "graph -r, -i and -v are those of history" {
	diamond
	bare x1
	tb 0 tb-migrate graph -r b2:
	assert_output '* d4 (head) (mergepoint), make d4
* b2, make b2'
	tb 0 tb-migrate upgrade b2
	tb 0 tb-migrate graph -r :b2 -i
	assert_output '* b2 (current), make b2
* a1 (branchpoint), make a1'
	tb 0 tb-migrate graph -r :d4 -v
	assert_line --index 0 '*   Rev: d4 (head) (mergepoint)'
	assert_line --index 1 '|\  Merges: b2, c3'
	assert_line --index 2 '| | Path: revisions/d4_make.sql'
	assert_line --index 4 '| |     make d4'
	tb 65 tb-migrate graph -r b2:x1
	tb 64 tb-migrate graph --format png
	tb 69 env PGHOST=/nowhere tb-migrate graph -i
}

@test "history: drawn on a terminal, in colour, cut to its width" {
	diamond
	sed -i 's/make d4/a message that is longer than the line/' revisions/d4*
	tb 0 tb-migrate history
	refute_output --partial '*'
	on_terminal 48 'tb-migrate history --color=never'
	assert_output '*   d4 (head) (mergepoint), a message that is...
|\
* | b2, make b2
| * c3, make c3
|/
* a1 (branchpoint), make a1'
	on_terminal 48 'tb-migrate history'
	assert_output --partial $'\033[3'
	assert_output --partial 'message that is...'
	on_terminal 48 'NO_COLOR=1 tb-migrate history'
	refute_output --partial $'\033'
	on_terminal 48 'tb-migrate history --no-graph --color=never'
	assert_line 'a1 -> b2, make b2'
	assert_line --partial 'longer than the line'
	on_terminal 48 'tb-migrate history --format json'
	assert_output --partial '"revision": "d4"'
	tb 64 tb-migrate history --graph --no-graph
}

@test "graph --format dot: Graphviz reads the same graph" {
	local quoted='say "hi" \ there; -> {a} <b>'
	diamond
	bare x1 '' 'depends-on b2'
	sed -i "s/make x1/${quoted//\\/\\\\}/" revisions/x1*
	no_server tb 0 tb-migrate graph --format dot
	assert_line '	"a1" -> "b2";'
	assert_line '	"b2" -> "x1" [style=dotted];'
	assert_line --partial '"x1" [label="x1\nsay \"hi\" \\ there; -> {a} <b>"'
	command -v dot >/dev/null ||
	    skip 'Graphviz is not installed (apt install graphviz)'
	dot -Tplain <<<"$output" >plain
	awk '$1 == "edge" { print $3, $2 }' plain | sort >got
	edges "$(tb-migrate graph --format json)" | cut -d' ' -f1,2 >want
	diff want got
	assert_equal "$(grep -c '^node' plain)" 5
	dot -Tsvg <<<"$output" >svg
	grep -qF 'say &quot;hi&quot; \ there; ' svg
}

@test "graph --format mermaid: nothing of a message is taken for grammar" {
	diamond
	bare x1 '' 'depends-on b2' 'labels green'
	sed -i 's/make x1/say "hi" `#1;` <b>/' revisions/x1*
	tb 0 tb-migrate upgrade a1
	tb 0 tb-migrate graph --format mermaid -i
	assert_line --index 0 'flowchart BT'
	assert_line '    r1["b2<br/>make b2"]'
	assert_line '    r0["a1<br/>make a1"]:::current'
	assert_line '    r4["x1<br/>(green)<br/>say #34;hi#34; #96;#35;1#59;#96; #60;b#62;"]:::head'
	assert_line '    r0 --> r1'
	assert_line '    r1 -.-> r4'
	# Five boxes, five arrows, two classes, a heading.
	assert_equal "${#lines[@]}" 13
}

@test "graph --format json: nodes and edges" {
	diamond
	bare x1 '' 'depends-on b2'
	tb 0 tb-migrate upgrade b2
	tb 0 tb-migrate graph --format json -i
	assert_json '$.nodes.size()' 5
	assert_json '$.nodes[*] ? (@.revision == "b2").current' true
	assert_json '$.nodes[*] ? (@.revision == "a1").branchpoint' true
	assert_json '$.edges[*] ? (@.from == "b2" && @.to == "x1").kind' dependency
	assert_json '$.edges[*] ? (@.from == "a1" && @.to == "c3").kind' parent
	tb 0 tb-migrate --format json graph -r b2:d4
	assert_json '$.nodes.size()' 2
	assert_json '$.edges.size()' 1
	mkdir none
	tb 0 tb-migrate graph --revisions none
	assert_output ''
	tb 0 tb-migrate graph --revisions none --format json
	assert_json '$.nodes.size()' 0
}

@test "heads --expect: who made the second head" {
	bare a1
	bare z9 a1 'date 2025-03-01T10:00:00Z'
	bare b2 a1 'date 2025-04-01T10:00:00Z'
	no_server tb 1 tb-migrate heads --expect 1
	assert_err --partial 'expected, there are 2: b2, z9'
	# The newest comes last.
	assert_regex "$stderr" 'detail: z9: "make z9", 2025-03-01T10:00:00Z, revisions/z9_make.sql
.*detail: b2: "make b2", 2025-04-01T10:00:00Z, revisions/b2_make.sql
.*hint: '
	tb 1 tb-migrate heads --expect 3
	refute_err --partial detail
	tb 1 tb-migrate heads --expect 1 -q
	assert_err ''
	tb 0 tb-migrate heads --expect 2
	assert_err ''
	tb 1 tb-migrate heads --expect 1 --format json
	assert_json '$[0].path' revisions/b2_make.sql
}

@test "heads --expect: who added the file, where git knows" {
	command -v git >/dev/null || skip 'git is not installed'
	bare a1
	bare b2 a1
	bare c3 a1
	local who
	git init -q .
	for who in a1:Ann b2:Ben; do
		git add "revisions/${who%:*}_make.sql"
		git -c user.name="${who#*:} Example" -c user.email=x@example.org \
		    commit -q -m x
	done
	tb 1 tb-migrate heads --expect 1
	assert_err --partial 'b2: "make b2", added by Ben Example, revisions/b2_make.sql'
	assert_err --partial 'c3: "make c3", revisions/c3_make.sql'
}

@test "check: what the files tell is told also without a server" {
	table_rev a1
	table_rev b2
	sed -i 's/CREATE/COMMIT; CREATE/' revisions/b2*
	tb 69 env PGHOST=/nowhere tb-migrate check
	assert_line --partial 'file: revisions/b2_make.sql:'
	assert_line 'heads: there are 2 heads: a1, b2'
	assert_err --partial /nowhere
	no_server tb 1 tb-migrate check --offline
	assert_equal "${#lines[@]}" 2
}

@test "check and status: pending, unknown, edited, laid out otherwise" {
	table_rev a1
	table_rev b2 a1
	table_rev c3 b2
	tb 0 tb-migrate upgrade b2
	tb 1 tb-migrate status --format json
	assert_json '$.version_table' public.alembic_version
	assert_json '$.rows[0]' b2
	assert_json '$.applied.size()' 2
	assert_json '$.pending[0]' c3
	assert_json '$.heads[0]' c3
	assert_json '$.edited.size()' 0
	echo '-- a comment' >>revisions/a1_make.sql
	sed -i 's/integer/bigint/' revisions/b2_make.sql
	tb 1 tb-migrate status --format json
	assert_json '$.cosmetic[0]' a1
	assert_json '$.edited[0]' b2
	assert_json '$.edited.size()' 1
	tb 1 tb-migrate status
	assert_output 'b2: 2 applied, 1 pending; 1 edited since: b2'
	tb 1 tb-migrate check
	assert_output 'edited: revision "b2" was edited after it was applied
pending: revision "c3" is not applied'
	sql "UPDATE alembic_version SET version_num = 'gone'"
	tb 1 tb-migrate status --format json
	assert_json '$.unknown[0]' gone
	assert_json '$.pending' ''
	tb 1 tb-migrate check --format json
	assert_json '$[*] ? (@.kind == "unknown").text' \
	    'revision "gone" is applied, but no file has it'
}

@test "current --check-heads: all heads, those that are implied too" {
	table_rev a1
	table_rev b2 a1
	table_rev x1 '' 'depends-on b2'
	tb 1 tb-migrate current --check-heads
	assert_err --partial 'not at all heads'
	tb 0 tb-migrate upgrade b2
	tb 1 tb-migrate current -c
	assert_output 'b2 (effective head)'
	tb 0 tb-migrate upgrade heads
	assert_equal "$(rows)" x1
	tb 0 tb-migrate current -c
	assert_line 'x1 (head)'
	tb 0 tb-migrate current -v
	assert_line 'Also depends on: b2'
}

@test "branches -v: a block and what it leads to" {
	diamond
	no_server tb 0 tb-migrate branches -v
	assert_line 'Rev: a1 (branchpoint)'
	assert_line 'Branches into: b2, c3'
	assert_line --regexp '-> b2.*, make b2'
}

@test "ensure_version: makes the table, once; --sql is for psql" {
	tb 0 tb-migrate ensure_version
	assert_err --partial 'public.alembic_version'
	assert_sql 'SELECT count(*) FROM alembic_version' 0
	assert_sql "SELECT attname || ' ' || format_type(atttypid, atttypmod)
	    FROM pg_attribute
	    WHERE attrelid = 'alembic_version'::regclass AND attnum > 0" \
	    'version_num character varying(32)'
	tb 0 tb-migrate ensure_version
	assert_err --partial 'nothing to do'
	table_rev a1
	tb 0 tb-migrate upgrade head
	tb 0 tb-migrate ensure_version
	assert_equal "$(rows)" a1

	no_server tb 0 tb-migrate ensure_version --sql \
	    --version-schema 'my "own' --version-table versions
	sql_file - <<<"$output"
	sql_file - <<<"$output"
	assert_equal "$(rows '"my ""own".versions')" ''
	tb 0 tb-migrate upgrade head --version-schema 'my "own' \
	    --version-table versions --dry-run
	tb 69 env PGHOST=/nowhere tb-migrate ensure_version
}

@test "tb.conf: file template, slug length, time zone" {
	mkdir revs
	cat >tb.conf <<-'E'
		migrate {
			revisions = {"revs"}
			file-template = "%(year)d/%(month).2d-%(day).2d_%(rev)s_%(slug)s"
			recursive = true
			slug-length = 12
			timezone = "Asia/Tokyo"
		}
	E
	tb 0 tb-migrate revision -m 'Some rather long words' --rev-id a1
	local today
	today=$(TZ=Asia/Tokyo date +%Y/%m-%d)
	# A day may have ended since.
	assert_regex "$output" "^$PWD/revs/($today|$(TZ=Asia/Tokyo date +%Y/%m-%d))_a1_some_rather_?\.sql\$"
	run grep '^--: date' "$output"
	assert_output --regexp '\+09:00$'
	tb 0 tb-migrate heads
	assert_output 'a1 (head)'
	sed -i 's,Asia/Tokyo,Nowhere/Land,' tb.conf
	tb 78 tb-migrate revision -m x
	assert_err --partial Nowhere/Land
	sed -i -e '/timezone/d' -e 's/%(rev)s/%(nothing)s/' tb.conf
	tb 78 tb-migrate revision -m x
	assert_err --partial nothing
}

@test "tb.conf: several folders, the version table and its schema" {
	mkdir -p one two elsewhere
	cat >tb.conf <<-'E'
		migrate {
			revisions = {"one", "two"}
			version-table = "versions"
			version-schema = "ops"
		}
	E
	tb 64 tb-migrate revision -m x
	assert_err --partial -- '--version-path'
	tb 64 tb-migrate revision -m x --version-path elsewhere
	tb 0 tb-migrate revision -m x --rev-id a1 --version-path one
	assert_output one/a1_x.sql
	# One that follows another is put beside it.
	tb 0 tb-migrate revision -m x --rev-id b2
	assert_output "$PWD/one/b2_x.sql"
	tb 0 tb-migrate revision -m x --rev-id y1 --head base --version-path two
	tb 0 tb-migrate revision -m x --rev-id y2 --head y1
	assert_output "$PWD/two/y2_x.sql"
	tb 0 tb-migrate graph
	assert_output '* b2 (head), x
* a1, x

* y2 (head), x
* y1, x'
	tb 0 tb-migrate upgrade heads
	assert_equal "$(rows ops.versions)" 'b2 y2'
	assert_sql "SELECT to_regclass('public.alembic_version')" ''
	tb 0 tb-migrate status --format json
	assert_json '$.version_table' ops.versions
	# From below the folder of tb.conf it is the same.
	cd elsewhere
	tb 0 tb-migrate current
	assert_output 'b2 (head)
y2 (head)'
	# An option goes before the file.
	tb 0 tb-migrate current --version-schema public
	assert_output ''
}
