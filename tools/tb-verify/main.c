/*
 * tb-verify: does the database look as it should?
 *
 * Two sides are turned into facts by the server itself (lib/catalog) and
 * compared.  Nothing here knows a class of objects but tables and schemas,
 * which filters go by, and nothing here understands SQL.
 */
#include "core/tb.h"

#include "verify.h"

int
main(int argc, char *argv[])
{
	static const struct tb_cmd *const cmds[] = {
		&ver_cmd_verify,
		NULL,
	};
	static const struct tb_tool tool = {
		.name = "tb-verify",
		.help = "does the database look as it should?",
		.cmds = cmds,
		.footer = "A SIDE is live, revisions[@REV], model, a "
			  "connection string, a snapshot, an\n"
			  "SQL file or folder, or - (standard input); without "
			  "any: live against revisions.",
	};

	return tb_cli_main(&tool, argc, argv);
}
