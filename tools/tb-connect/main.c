/*
 * tb-connect: how do I reach this database?
 */
#include "core/tb.h"

#include "connect.h"

int
main(int argc, char *argv[])
{
	static const struct tb_cmd *const cmds[] = { &con_cmd, NULL };
	static const struct tb_tool tool = {
		.name = "tb-connect",
		.help = "how do I reach this database?",
		.cmds = cmds,
		.footer = "Arguments of psql stand after \"--\": "
			  "tb-connect -- -c 'SELECT 1'",
	};

	return tb_cli_main(&tool, argc, argv);
}
