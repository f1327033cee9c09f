/*
 * watch.c: the SQL that makes a database note who changes it.
 */
#include "core/tb.h"

#include <stdio.h>

#include "core/sql.h"
#include "verify.h"

void
ver_print_watch(void)
{
	static const char *const files[] = { "watch_table", "watch_function",
		"watch_function_drop", "watch_trigger", "watch_trigger_drop" };

	(void)puts("-- Run this as a superuser in the database.  To take it "
		   "back:\n"
		   "--   DROP EVENT TRIGGER tb_watch, tb_watch_drop;\n"
		   "--   DROP FUNCTION tb.note_ddl(), tb.note_drop();\n"
		   "--   DROP TABLE tb.ddl;\n"
		   "BEGIN;\n\n"
		   "CREATE SCHEMA IF NOT EXISTS tb;\n\n"
		   "DROP EVENT TRIGGER IF EXISTS tb_watch, tb_watch_drop;\n");
	for (size_t i = 0; i < TB_LEN(files); i++)
		(void)printf("%s;\n\n", tb_sql_text(tool_sql, files[i]));
	(void)puts("COMMIT;");
}
