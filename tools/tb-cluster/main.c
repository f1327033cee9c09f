/*
 * tb-cluster: a private PostgreSQL in a folder.
 */
#include "core/tb.h"

#include "cluster.h"

int
main(int argc, char *argv[])
{
	static const struct tb_cmd *const cmds[] = {
		&clu_cmd_start,
		&clu_cmd_stop,
		&clu_cmd_restart,
		&clu_cmd_status,
		&clu_cmd_destroy,
		&clu_cmd_env,
		&clu_cmd_run,
		NULL,
	};
	static const struct tb_tool tool = {
		.name = "tb-cluster",
		.help = "is there a server I may play with?",
		.cmds = cmds,
	};

	return tb_cli_main(&tool, argc, argv);
}
