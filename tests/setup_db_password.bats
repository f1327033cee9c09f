# tb-setup-db: passwords, where they come from and where they must not go.

load setup_db.bash

secret='Correct-horse 1'

# refute_leak WORD...: in no output and not in the server's log.
refute_leak() {
	local word
	for word; do
		grep -qF -- "$word" <<<"$output$stderr" && fail "printed: $word"
		log_since | grep -qF -- "$word" && fail "logged: $word"
	done
	return 0
}

# can_log_in ROLE PASSWORD
can_log_in() {
	PGPASSWORD=$2 psql -X -q -A -t -w -U "$1" -d postgres -c 'SELECT 1' \
	    >/dev/null 2>&1
}

verifier() {
	sql "SELECT rolpassword FROM pg_authid WHERE rolname = '$1'"
}

with_env() {
	declare_all
	sed -i "s/^role \"$OWNER\" {/& password-env = \"SECRET\"/" \
	    database.conf
}

@test "from a variable: set once, proved, in no log and no output" {
	with_env
	export SECRET=$secret
	log_mark
	tb 0 tb-setup-db --echo --file database.conf
	assert_line --partial "proved: \"$OWNER\" logs in with its password"
	assert_err --partial "PASSWORD '***'"
	refute_leak "$secret" 'SCRAM-SHA-256'
	run verifier "$OWNER"
	assert_output --regexp '^SCRAM-SHA-256[$]4096:'
	can_log_in "$OWNER" "$secret"

	before=$(verifier "$OWNER")
	tb 0 tb-setup-db --file database.conf
	assert_line 'nothing to change'
	assert_equal "$(verifier "$OWNER")" "$before"
}

@test "another password than the one that is set is a change" {
	with_env
	SECRET=$secret tb 0 tb-setup-db --file database.conf
	SECRET=other-one tb 1 tb-setup-db --check --file database.conf
	assert_output "set the password of role \"$OWNER\" (it is another)"
	SECRET=other-one tb 0 tb-setup-db --file database.conf
	can_log_in "$OWNER" other-one
	# Without the variable nothing is known, and nothing is touched.
	tb 0 tb-setup-db --check --file database.conf
	can_log_in "$OWNER" other-one
}

@test "an old md5 password becomes SCRAM" {
	with_env
	sql "SET password_encryption = 'md5'; CREATE ROLE $OWNER LOGIN
	    PASSWORD '$secret'" || skip 'no md5 on this server'
	SECRET=$secret tb 0 tb-setup-db --file database.conf
	run verifier "$OWNER"
	assert_output --regexp '^SCRAM-SHA-256'
}

@test "-n, --check and JSON show neither password nor verifier" {
	with_env
	echo "role \"${N}_later\" { comment = \"later\" }" >>database.conf
	export SECRET=$secret
	log_mark
	for how in -n --check '--format json -n' '--format json --check'; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr tb-setup-db --file database.conf $how
		assert_output --partial 'password'
		refute_leak "$secret" 'SCRAM-SHA-256'
	done
	# A superuser's transaction must log again what follows.
	tb 0 tb-setup-db --file database.conf
	run changes_since
	assert_output --partial 'COMMENT ON ROLE'
}

@test "who cannot read pg_authid compares by logging in" {
	with_env
	become 'CREATEROLE CREATEDB'
	export SECRET=$secret
	log_mark
	tb 0 tb-setup-db --file database.conf
	assert_line --partial "proved: \"$OWNER\" logs in with its password"
	refute_leak "$secret"
	log_mark
	tb 0 tb-setup-db --file database.conf
	assert_line 'nothing to change'
	assert_equal "$(changes_since)" ''
	SECRET=other-one tb 1 tb-setup-db --check --file database.conf
	assert_line "set the password of role \"$OWNER\" (it is another)"
}

@test "a password beyond ASCII is compared too" {
	with_env
	export SECRET='Grüße-ﬁn-½'
	tb 0 tb-setup-db --file database.conf
	tb 0 tb-setup-db --check --file database.conf
	can_log_in "$OWNER" "$SECRET"
}

@test "--password-file: one line, closed to others" {
	printf '%s\n' "$secret" >pw
	chmod 644 pw
	tb 77 tb-setup-db --database "$DB" --owner "$OWNER" --password-file pw
	assert_err --partial 'is open to others'
	assert_sql "SELECT count(*) FROM pg_roles WHERE rolname = '$OWNER'" 0
	chmod 600 pw
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" --password-file pw
	assert_line "  password of $OWNER: in file pw"
	can_log_in "$OWNER" "$secret"

	printf 'two\nlines\n' >pw
	tb 65 tb-setup-db --database "$DB" --owner "$OWNER" --password-file pw
	assert_err --partial 'not one line'
	: >pw
	tb 65 tb-setup-db --database "$DB" --owner "$OWNER" --password-file pw
	assert_err --partial 'is empty'
}

@test "--password-fd, and a verifier in place of a password" {
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" --password-fd 7 \
	    7<<<"$secret"
	can_log_in "$OWNER" "$secret"
	stored=$(verifier "$OWNER")
	sql "ALTER ROLE $OWNER PASSWORD NULL"
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" --password-fd 7 \
	    7<<<"$stored"
	can_log_in "$OWNER" "$secret"
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" --password-fd 7 \
	    --check 7<<<"$stored"
}

@test "--generate-password: mode 0600, used again, good for a login" {
	tb 0 tb-setup-db -n --database "$DB" --owner "$OWNER" \
	    --generate-password dir/pw
	[ ! -e dir ] || fail '-n wrote a file'
	log_mark
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" \
	    --generate-password dir/pw
	run stat -c %a dir/pw
	assert_output 600
	refute_leak "$(cat dir/pw)"
	can_log_in "$OWNER" "$(cat dir/pw)"
	tb 0 tb-setup-db --database "$DB" --owner "$OWNER" \
	    --generate-password dir/pw
	assert_line 'nothing to change'
}

@test "generate never replaces a password that somebody uses" {
	sql "CREATE ROLE $OWNER LOGIN PASSWORD '$secret'"
	declare_all
	sed -i "s/^role \"$OWNER\" {/& generate = true/" database.conf
	tb 0 tb-setup-db --file database.conf
	assert_err --partial "there is no file \"$XDG_STATE_HOME/tb/$OWNER.password\""
	can_log_in "$OWNER" "$secret"
	tb 0 tb-setup-db --check --file database.conf
}

@test "when a run fails no password file is left behind" {
	declare_all "role \"${N}_r\" { settings = { \"no_such_setting=1\" } }"
	sed -i "s/^role \"$OWNER\" {/& password-file = \"pw\" generate = true/" \
	    database.conf
	# The one that fails comes first.
	sed -i "1{h;d};\$G" database.conf
	tb 65 tb-setup-db --file database.conf
	[ ! -e pw ] || fail 'a file for a role that does not exist'
}

@test "--set-password: from a file, and the declared file follows" {
	declare_all
	sed -i "s/^role \"$OWNER\" {/& password-file = \"pw\" generate = true/" \
	    database.conf
	tb 0 tb-setup-db --file database.conf
	old=$(cat pw)
	log_mark
	tb 0 tb-setup-db --set-password "$OWNER" --file database.conf \
	    --generate-password new
	assert_line --partial "proved: \"$OWNER\" logs in with its password"
	refute_leak "$(cat new)" SCRAM-SHA-256
	assert_equal "$(cat pw)" "$(cat new)"
	[ "$(cat new)" != "$old" ] || fail 'the old one'
	can_log_in "$OWNER" "$(cat new)"
	tb 0 tb-setup-db --check --file database.conf
}

@test "--set-password: the role must exist, the password come from somewhere" {
	printf 'something-long\n' >pw
	chmod 600 pw
	tb 65 tb-setup-db --set-password "$OWNER" --password-file pw
	assert_err --partial "role \"$OWNER\" does not exist"
	sql "CREATE ROLE $OWNER"
	tb 64 setsid -w tb-setup-db --set-password "$OWNER"
	assert_err --partial 'no terminal'
	tb 64 tb-setup-db --set-password "$OWNER" --password-file pw \
	    --password-env X
}

# typed LINE...: --set-password on a terminal; types each line at its prompt.
typed() {
	local line text c pid
	coproc TTY { exec script -qefc "tb-setup-db --set-password $OWNER" \
	    /dev/null 3>&-; }
	pid=$TTY_PID
	transcript=
	for line; do
		text=
		while IFS= read -r -d '' -n 1 -t 20 -u "${TTY[0]}" c; do
			text+=$c
			[[ $text == *': ' ]] && break
		done
		transcript+=$text
		printf '%s\n' "$line" >&"${TTY[1]}"
	done
	transcript+=$(cat <&"${TTY[0]}")
	wait "$pid"
}

@test "--set-password: asks twice on a terminal, and echoes nothing" {
	sql "CREATE ROLE $OWNER LOGIN"
	typed "$secret" "$secret"
	can_log_in "$OWNER" "$secret"
	[[ $transcript == *"New password for role \"$OWNER\": "* ]] ||
	    fail "$transcript"
	[[ $transcript != *"$secret"* ]] || fail "echoed: $transcript"

	typed 'first-one' 'second-one' || :
	[[ $transcript == *'the two differ'* ]] || fail "$transcript"
	typed 'short' || :
	[[ $transcript == *'8 characters'* ]] || fail "$transcript"
	can_log_in "$OWNER" "$secret"
}

@test "what ps shows while it waits" {
	with_env
	exec 8> >(psql -X -q -A -t >/dev/null 3>&-)
	echo "SELECT pg_advisory_lock(('x' || substr(encode(sha256(
	    'tb-setup-db'), 'hex'), 1, 15))::bit(60)::bigint);" >&8
	for _ in {1..400}; do
		[ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype =
		    'advisory' AND granted")" -eq 0 ] || break
		sleep 0.05
	done
	SECRET=$secret tb-setup-db --file database.conf >out 2>&1 3>&- 8>&- &
	pid=$!
	for _ in {1..400}; do
		! grep -q 'waiting for another run' out || break
		sleep 0.05
	done
	run cat out
	assert_output --partial 'waiting for another run'
	run cat "/proc/$pid/cmdline"
	refute_output --partial "$secret"
	exec 8>&-
	wait "$pid"
	can_log_in "$OWNER" "$secret"
}
