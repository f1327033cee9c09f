/*
 * tb-monitor: is the server well?
 *
 * A check is one file in sql/, or in a folder of the user's.  Nothing here
 * knows a check by name.
 */
#include "core/tb.h"

#include "cli/cli.h"
#include "format.h"
#include "monitor.h"
#include "nagios.h"

int
main(int argc, char *argv[])
{
	static const struct tb_cmd *const cmds[] = {
		&mon_cmd_monitor,
		NULL,
	};
	static const struct tb_tool tool = {
		.name = "tb-monitor",
		.help = "is the server well?",
		.cmds = cmds,
		.formats = mon_format_names,
		.footer =
		    "CHECK is a name or a shell pattern; none means all.\n"
		    "Exits 0 ok, 1 warning, 2 critical, 3 unknown, whichever "
		    "is worst;\n64 and up when it could not do the job.",
	};

	mon_nagios_begin(argc, argv);
	return mon_nagios_end(tb_cli_main(&tool, argc, argv));
}
