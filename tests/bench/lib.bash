# lib.bash: measuring two commands against each other.
#
# Absolute times say more about the machine than about the program, so every
# figure is a ratio: the two commands take turns, and the median of the ratios
# of the pairs is printed, with the goal where there is one.
#
# shellcheck shell=bash

RUNS=${RUNS:-7}

# now: nanoseconds.
now() {
	date +%s%N
}

# once COMMAND: how long it took, in nanoseconds; its output is thrown away.
# BEFORE, if it is set, is done first and not counted.
once() {
	local start
	eval "${BEFORE-}" >/dev/null 2>&1
	start=$(now)
	# Codes below 64 are answers.
	eval "$1" >/dev/null 2>&1 || [ $? -lt 64 ] ||
	    echo "bench: failed: $1" >&2
	echo $(($(now) - start))
}

# ratio WHAT GOAL OURS THEIRS: GOAL is the most that ours may take, as a
# multiple of theirs; "-" for none.
ratio() {
	local i a b
	once "$3" >/dev/null
	once "$4" >/dev/null
	for ((i = 0; i < RUNS; i++)); do
		a=$(once "$3")
		b=$(once "$4")
		echo "$a $b"
	done | sort -n | awk -v what="$1" -v goal="$2" '
		{ r[NR] = $1 / $2; ours[NR] = $1 / 1e6; theirs[NR] = $2 / 1e6 }
		function median(v, n,   i, j, t) {
			for (i = 2; i <= n; i++)
				for (j = i; j > 1 && v[j] < v[j - 1]; j--) {
					t = v[j]; v[j] = v[j - 1]; v[j - 1] = t
				}
			return v[int((n + 1) / 2)]
		}
		END {
			m = median(r, NR)
			printf "%-58s %8.1f ms %8.1f ms  %7.2f x", what,
			    median(ours, NR), median(theirs, NR), m
			if (goal != "-")
				printf "  (goal %s: %s)", goal,
				    m <= goal ? "met" : "MISSED"
			printf "\n"
		}'
}

# missing PROGRAM: say that a comparison is left out.
missing() {
	command -v "$1" >/dev/null && return 1
	echo "skipped: $1 is not installed"
}
