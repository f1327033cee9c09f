# tb-verify: whatever the catalogue queries can tell has a pair of databases
# that differ in it.
#
# The pairs are those of verify_classes.bats; data/verify/unshown lists what
# none can show, with reasons.

load helper.bash

SQL_DIR=$BATS_TEST_DIRNAME/../lib/catalog/sql
DATA=$BATS_TEST_DIRNAME/data

# key FILE NAME: the value of "--: NAME value".
key() {
	sed -n "s/^--: $2 //p" "$1"
}

# attributes: "CLASS ATTRIBUTE" a line, of the classes that the server in use
# has.
attributes() {
	local file class version since until
	version=$(sql 'SHOW server_version_num')
	for file in "$SQL_DIR"/*.sql; do
		class=$(key "$file" class)
		since=$(key "$file" since) until=$(key "$file" until)
		[ -n "$class" ] || continue
		[ "$version" -ge "${since:-0}" ] || continue
		[ "$version" -lt "${until:-999999}" ] || continue
		# With this key the attributes say all that the text says.
		[ "$(key "$file" compare)" = attributes ] ||
		    printf '\\echo %s definition\n' "$class"
		printf '\\echo %s presence\n' "$class"
		# What it returns, without running it.
		printf '\\echo %s :\n' "$class"
		cat "$file"
		echo ' \gdesc'
	done >classes.sql
	psql -X -q -A -t -F ' ' -v ON_ERROR_STOP=1 -c "SET search_path = ''" \
	    -f classes.sql | awk '
		$2 == ":" { class = $1; next }
		$2 == "presence" || $2 == "definition" { print; next }
		$1 !~ /^(classid|objid|objsubid|identity|parent|definition)$/ {
			print class, $1
		}'
}

# shown ATTRIBUTES: those that some .expected file has a difference in.
#
# A line is "CLASS IDENTITY", with the attributes of that fact below it, or,
# below what it is a part of, "CLASS IDENTITY: ATTRIBUTE: a has ..."; without
# ATTRIBUTE it is the text that differs, or the fact is on one side only.
shown() {
	awk '
	FNR == NR { attribute[$1, $2]; class[$1]; next }
	function show(c, a) { print c, a }
	/^[^ ]/ {
		at = $1
		if (/: only in [ab]/)
			show(at, "presence")
	}
	/^  [^ ]/ {
		word = $1
		sub(/:$/, "", word)
		if ($1 ~ /:$/ && (at, word) in attribute)
			show(at, word)
		else if (!(word in class))
			next
		else if (match($0, /: [a-z_]+: (a has |\(- a)/)) {
			name = substr($0, RSTART + 2)
			sub(/:.*/, "", name)
			show(word, name)
		} else if (/: only in [ab]/ || /: a has none, / ||
		    /, b has none( \(|$)/)
			show(word, "presence")
		else
			show(word, "definition")
	}' "$1" "$DATA"/*/*.expected | sort -u
}

@test "coverage: every attribute of every class has a pair" {
	attributes | sort -u >all
	[ "$(wc -l <all)" -gt 300 ] || fail "$(cat all)"
	shown all >seen
	grep -v -e '^#' -e '^$' "$DATA/verify/unshown" | sort -u >unshown
	run comm -23 all <(sort -u seen unshown)
	assert_output ''
	# No reason is left for what has become possible.
	run comm -12 seen unshown
	assert_output ''
}

@test "coverage: the list of what cannot be shown names nothing else" {
	local class name
	while read -r class name; do
		file=$(grep -l "^--: class $class\$" "$SQL_DIR"/*.sql) ||
		    fail "no class $class"
		[ "$name" = presence ] || grep -qw -- "$name" "$file" ||
		    fail "class $class has no $name"
	done < <(grep -v -e '^#' -e '^$' "$DATA/verify/unshown")
}

@test "coverage: an attribute without a pair would be found" {
	printf '%s\n' 'table presence' 'table colour' >all
	run shown all
	assert_line 'table presence'
	refute_line 'table colour'
}
