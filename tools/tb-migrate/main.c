/*
 * tb-migrate: which revisions are applied?
 *
 * The commands and their words are Alembic's.  What a revision is, how they
 * hang together and how a plan is carried out is in lib/revision; here is what
 * is typed and what is printed.
 */
#include "core/tb.h"

#include "cli/cli.h"
#include "migrate.h"

int
main(int argc, char *argv[])
{
	static const struct tb_cmd *const cmds[] = {
		&mig_cmd_init,
		&mig_cmd_import,
		&mig_cmd_revision,
		&mig_cmd_merge,
		&mig_cmd_edit,
		&mig_cmd_upgrade,
		&mig_cmd_downgrade,
		&mig_cmd_resume,
		&mig_cmd_stamp,
		&mig_cmd_ensure_version,
		&mig_cmd_unlock,
		&mig_cmd_accept,
		&mig_cmd_plan,
		&mig_cmd_rehearse,
		&mig_cmd_status,
		&mig_cmd_log,
		&mig_cmd_doctor,
		&mig_cmd_check,
		&mig_cmd_current,
		&mig_cmd_heads,
		&mig_cmd_history,
		&mig_cmd_graph,
		&mig_cmd_branches,
		&mig_cmd_show,
		NULL,
	};
	static const struct tb_tool tool = {
		.name = "tb-migrate",
		.help = "which revisions are applied?",
		.cmds = cmds,
	};

	return tb_cli_main(&tool, argc, argv);
}
