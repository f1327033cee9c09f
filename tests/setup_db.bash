# setup_db.bash: what the suites of tb-setup-db share.
#
# Roles and databases are the server's, not one database's: every test has
# names of its own, which begin with $N, and they are gone after it.
#
# shellcheck disable=SC2034 # for the tests

load helper.bash

setup() {
	N=s${BATS_SUITE_TEST_NUMBER}
	DB=${N}_db OWNER=${N}_owner READER=${N}_reader
	PGDATABASE=postgres
	export PGDATABASE XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
	cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
	export PGUSER=postgres
	unset PGPASSWORD
	psql -X -q -A -t <<-END >/dev/null
	SELECT format('DROP DATABASE %I WITH (FORCE)', datname)
	    FROM pg_database WHERE starts_with(datname, '${N}_') \gexec
	SELECT format(s.text, rolname)
	    FROM pg_roles, (VALUES ('DROP OWNED BY %I CASCADE'),
	        ('DROP ROLE %I')) AS s(text)
	    WHERE starts_with(rolname, '${N}_') ORDER BY s.text DESC \gexec
	END
}

# declare_all [LINE...]: database.conf, with these lines after the usual roles,
# database and grants; what $IN_DATABASE holds is inside the database's section.
declare_all() {
	cat >database.conf <<-END
	role "$OWNER" { login = true }
	role "$READER" { login = true }
	database "$DB" {
	    owner = "$OWNER"
	    ${IN_DATABASE-}
	}
	grant { role = "$OWNER" level = "owner" }
	grant { role = "$READER" level = "read" }
	END
	printf '%s\n' "$@" >>database.conf
}

# in_db STATEMENT: in the database that was set up.
in_db() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$DB" -c "$1"
}

# as ROLE STATEMENT: the same, as that role.
as() {
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$DB" -c "SET ROLE \"$1\"" -c "$2"
}

# admin ATTRIBUTES: a role with a password; PGUSER and PGPASSWORD are its own.
become() {
	sql "CREATE ROLE ${N}_admin LOGIN PASSWORD 'admin-secret' $1"
	export PGUSER=${N}_admin PGPASSWORD=admin-secret
}

# The statements of the log that change something, one to a line.
changes_since() {
	log_since | grep -E 'LOG: +(statement|execute [^:]*):' |
	    grep -E ': *(CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT)' || :
}
