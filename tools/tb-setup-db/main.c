/*
 * tb-setup-db: are the roles, the database and the grants as declared?
 *
 * What is wanted (want.h) is compared with what is there (have.h); the
 * difference is a list of statements (plan.h), which is printed (print_*.c),
 * counted (--check) or applied (apply.h) and then proved (prove.h).
 */
#include "core/tb.h"

#include "cli/cli.h"
#include "setup.h"

int
main(int argc, char *argv[])
{
	static const struct tb_cmd *const cmds[] = { &set_cmd_setup, NULL };
	static const struct tb_tool tool = {
		.name = "tb-setup-db",
		.help = "are the roles, the database and the grants as "
			"declared?",
		.cmds = cmds,
		.footer =
		    "-d names the database to connect to for the work "
		    "(postgres), not the one\nthat is set up.  Exit codes: 0 "
		    "as declared, 1 changes are needed (--check).",
	};

	return tb_cli_main(&tool, argc, argv);
}
