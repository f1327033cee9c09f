#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>

#include "cluster.h"
#include "core/mem.h"

/*
 * What would send libpq somewhere else, or make it refuse a server that knows
 * us by our user and speaks neither TLS nor GSSAPI.
 */
static const char *const elsewhere[] = {
	"DATABASE_URL",
	"PGCHANNELBINDING",
	"PGCLUSTER",
	"PGGSSENCMODE",
	"PGHOSTADDR",
	"PGOPTIONS",
	"PGPASSWORD",
	"PGREQUIREAUTH",
	"PGREQUIREPEER",
	"PGREQUIRESSL",
	"PGSERVICE",
	"PGSSLMODE",
	"PGTARGETSESSIONATTRS",
};

void
clu_env_clean(void)
{
	static const char *const more[] = {
		/* The server would take these for its own settings. */
		"PGCLIENTENCODING",
		"PGDATA",
		"PGDATABASE",
		"PGDATESTYLE",
		"PGHOST",
		"PGPORT",
		"PGTZ",
		"PGUSER",
	};

	for (size_t i = 0; i < TB_LEN(elsewhere); i++)
		(void)unsetenv(elsewhere[i]);
	for (size_t i = 0; i < TB_LEN(more); i++)
		(void)unsetenv(more[i]);
}

void
clu_env_set(const char *host, int port, const char *log)
{
	char *number = tb_asprintf("%d", port);

	for (size_t i = 0; i < TB_LEN(elsewhere); i++)
		(void)unsetenv(elsewhere[i]);
	(void)setenv("PGHOST", host, 1);
	(void)setenv("PGPORT", number, 1);
	(void)setenv("PGUSER", CLU_SUPERUSER, 1);
	(void)setenv("PGDATABASE", CLU_SUPERUSER, 1);
	(void)setenv("TB_SERVER_LOG", log, 1);
	free(number);
}

/* In single quotes a shell reads every byte as it stands. */
static void
print_export(const char *name, const char *value)
{
	(void)printf("export %s='", name);
	for (const char *p = value; *p != '\0'; p++) {
		if (*p == '\'')
			(void)fputs("'\\''", stdout);
		else
			(void)putchar(*p);
	}
	(void)puts("'");
}

void
clu_env_print(const char *host, int port, const char *log)
{
	char *number = tb_asprintf("%d", port);

	(void)printf("unset");
	for (size_t i = 0; i < TB_LEN(elsewhere); i++)
		(void)printf(" %s", elsewhere[i]);
	(void)putchar('\n');
	print_export("PGHOST", host);
	print_export("PGPORT", number);
	print_export("PGUSER", CLU_SUPERUSER);
	print_export("PGDATABASE", CLU_SUPERUSER);
	print_export("TB_SERVER_LOG", log);
	free(number);
}
