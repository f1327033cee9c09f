# setup_suite.bash: the run has one throw-away server, which tests/run starts
# with "tb-cluster run" around bats.  Started by hand, bats does so itself.

setup_suite() {
	bats_require_minimum_version 1.5.0
	[ -n "${TB_SERVER_LOG-}" ] || {
		echo "no server: run the tests with tests/run [FILE...]" >&2
		return 1
	}
	# Nothing of the user's own may steer a program under test.
	unset DATABASE_URL PGSERVICE PGSERVICEFILE PGOPTIONS TB_CONFIG \
	    PGPASSWORD PGPASSFILE PGAPPNAME NO_COLOR
	export HOME=$BATS_SUITE_TMPDIR XDG_STATE_HOME=$BATS_SUITE_TMPDIR/state
	export LC_ALL=C.UTF-8
}
