/*
 * container.c: what the engine's "inspect" tells of a container.
 */
#include "core/tb.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "connect.h"
#include "core/err.h"
#include "core/mem.h"

/* j.a.b; NULL if there is no such thing. */
static const json_t *
at(const json_t *j, const char *a, const char *b)
{
	return json_object_get(json_object_get(j, a), b);
}

/* The caller frees it; NULL for anything but a string with something in it. */
static char *
text_of(const json_t *j)
{
	const char *s = json_string_value(j);

	return s != NULL && s[0] != '\0' ? tb_strdup(s) : NULL;
}

/* The value of NAME in a list of "NAME=value"; borrowed. */
static const char *
env_value(const json_t *list, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *s = json_string_value(json_array_get(list, i));

		if (s != NULL && strncmp(s, name, n) == 0 && s[n] == '=' &&
		    s[n + 1] != '\0')
			return s + n + 1;
	}
	return NULL;
}

/* One published address; IPv4 is taken before IPv6. */
static void
take_binding(struct con_container *c, const json_t *binding)
{
	const char *host =
	    json_string_value(json_object_get(binding, "HostIp"));
	const char *port =
	    json_string_value(json_object_get(binding, "HostPort"));

	if (port == NULL || port[0] == '\0' ||
	    (c->port != NULL && (host == NULL || strchr(host, ':') != NULL)))
		return;
	free(c->host);
	free(c->port);
	c->host = tb_strdup(host != NULL ? host : "");
	c->port = tb_strdup(port);
}

static void
take_ports(struct con_container *c, const json_t *j, const json_t *env)
{
	const char *inside = env_value(env, "PGPORT");
	char *key = tb_asprintf("%s/tcp", inside != NULL ? inside : "5432");
	const json_t *list =
	    json_object_get(at(j, "NetworkSettings", "Ports"), key);

	for (size_t i = 0; i < json_array_size(list); i++)
		take_binding(c, json_array_get(list, i));
	free(key);
}

static void
take_health(struct con_container *c, const json_t *j)
{
	const json_t *health = at(j, "State", "Health"), *log, *last;

	/* Old podman's word for it. */
	if (health == NULL)
		health = at(j, "State", "Healthcheck");
	c->health = text_of(json_object_get(health, "Status"));
	if (c->health != NULL && strcmp(c->health, "none") == 0) {
		free(c->health);
		c->health = NULL;
	}
	log = json_object_get(health, "Log");
	last = json_array_get(log, json_array_size(log) - 1);
	c->health_said = text_of(json_object_get(last, "Output"));
}

static bool
looks_like_postgres(const struct con_container *c, const json_t *j,
    const json_t *env)
{
	return (c->image != NULL && strstr(c->image, "postg") != NULL) ||
	    json_object_get(at(j, "Config", "ExposedPorts"), "5432/tcp") !=
	    NULL ||
	    env_value(env, "POSTGRES_DB") != NULL ||
	    env_value(env, "POSTGRES_USER") != NULL ||
	    env_value(env, "PGDATA") != NULL;
}

static void
take_labels(struct con_container *c, const json_t *j)
{
	const json_t *labels = at(j, "Config", "Labels");

	c->service =
	    text_of(json_object_get(labels, "com.docker.compose.service"));
	c->project =
	    text_of(json_object_get(labels, "com.docker.compose.project"));
}

static void
take(struct con_container *c, const json_t *j)
{
	const json_t *env = at(j, "Config", "Env");
	char *name = text_of(json_object_get(j, "Name"));

	*c = (struct con_container){ .id = text_of(json_object_get(j, "Id")) };
	if (name != NULL)
		c->name = tb_strdup(name + (name[0] == '/' ? 1 : 0));
	c->image = text_of(at(j, "Config", "Image"));
	c->state = text_of(at(j, "State", "Status"));
	c->exit_code = json_integer_value(at(j, "State", "ExitCode"));
	c->out_of_memory = json_is_true(at(j, "State", "OOMKilled"));
	c->user = tb_strdup_null(env_value(env, "POSTGRES_USER"));
	c->dbname = tb_strdup_null(env_value(env, "POSTGRES_DB"));
	c->password = tb_strdup_null(env_value(env, "POSTGRES_PASSWORD"));
	take_labels(c, j);
	take_health(c, j);
	take_ports(c, j, env);
	c->has_postgres = looks_like_postgres(c, j, env);
	free(name);
}

void
con_container_release(struct con_container *c)
{
	if (c->password != NULL)
		explicit_bzero(c->password, strlen(c->password));
	free(c->id);
	free(c->name);
	free(c->image);
	free(c->service);
	free(c->project);
	free(c->state);
	free(c->health);
	free(c->health_said);
	free(c->user);
	free(c->dbname);
	free(c->password);
	free(c->host);
	free(c->port);
	*c = (struct con_container){ .id = NULL };
}

void
con_containers_release(struct con_containers *list)
{
	for (size_t i = 0; i < list->n; i++)
		con_container_release(&list->v[i]);
	free(list->v);
	*list = (struct con_containers){ NULL, 0 };
}

static int
read_inspection(const struct con_engine *e, const char *text,
    struct con_containers *list, struct tb_err *err)
{
	json_error_t problem;
	json_t *j = json_loads(text, 0, &problem);

	if (!json_is_array(j)) {
		json_decref(j);
		return tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "could not understand what \"%s inspect\" says: %s",
		    e->name, problem.text);
	}
	list->n = json_array_size(j);
	list->v = tb_calloc(list->n + 1, sizeof(*list->v));
	for (size_t i = 0; i < list->n; i++)
		take(&list->v[i], json_array_get(j, i));
	json_decref(j);
	return 0;
}

static int
inspect(const struct con_engine *e, const struct tb_strs *names,
    struct con_containers *list, struct tb_err *err)
{
	struct tb_proc proc = TB_PROC_INIT;
	struct tb_strs words = TB_STRS_INIT;
	const char *const *argv;
	int rc;

	*list = (struct con_containers){ NULL, 0 };
	tb_strs_add(&words, "container");
	tb_strs_add(&words, "inspect");
	tb_strs_add(&words, "--");
	for (size_t i = 0; i < names->n; i++)
		tb_strs_add(&words, names->v[i]);
	argv = (const char *const *)words.v;
	rc = con_engine_run(e, argv, &proc, err);
	if (rc == 0)
		rc = read_inspection(e, proc.out.s, list, err);
	tb_proc_release(&proc);
	tb_strs_release(&words);
	return rc;
}

/* Ids of all containers, running or not, that pass the filter (or NULL). */
static int
list_ids(const struct con_engine *e, const char *filter, struct tb_strs *ids,
    struct tb_err *err)
{
	const char *words[] = { "ps", "--all", "--quiet", "--no-trunc", NULL,
		NULL, NULL };
	struct tb_proc proc = TB_PROC_INIT;
	int rc;

	if (filter != NULL) {
		words[4] = "--filter";
		words[5] = filter;
	}
	if ((rc = con_engine_run(e, words, &proc, err)) == 0)
		tb_strs_split(ids, proc.out.s, " \n");
	tb_proc_release(&proc);
	return rc;
}

int
con_containers_all(const struct con_engine *e, struct con_containers *list,
    struct tb_err *err)
{
	struct tb_strs ids = TB_STRS_INIT;
	size_t kept = 0;
	int rc = list_ids(e, NULL, &ids, err);

	*list = (struct con_containers){ NULL, 0 };
	if (rc == 0 && ids.n > 0)
		rc = inspect(e, &ids, list, err);
	tb_strs_release(&ids);
	for (size_t i = 0; i < list->n; i++) {
		if (list->v[i].has_postgres)
			list->v[kept++] = list->v[i];
		else
			con_container_release(&list->v[i]);
	}
	list->n = kept;
	return rc;
}

/* What the engine takes for a name; anything else could be an option. */
static int
check_name(const char *name, struct tb_err *err)
{
	size_t n = strspn(name,
	    "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

	if (n > 0 && name[n] == '\0' && isalnum((unsigned char)name[0]))
		return 0;
	return tb_err_set(err, TB_EXIT_USAGE,
	    "\"%s\" cannot be the name of a container or service", name);
}

static void
hint_at_list(const struct con_engine *e, struct tb_err *err)
{
	(void)tb_err_hint(err,
	    "\"tb-connect --list\" shows the containers that are there; "
	    "\"%s compose up -d\" makes those of a compose file.",
	    e->name);
}

int
con_container_named(const struct con_engine *e, const char *name,
    struct con_container *c, struct tb_err *err)
{
	struct con_containers list = { NULL, 0 };
	struct tb_strs names = TB_STRS_INIT;
	int rc;

	if (check_name(name, err) == -1)
		return -1;
	tb_strs_add(&names, name);
	rc = inspect(e, &names, &list, err);
	if (rc == -1 && err->detail != NULL &&
	    (strcasestr(err->detail, "no such container") != NULL ||
		strcasestr(err->detail, "no such object") != NULL)) {
		(void)tb_err_set(err, TB_EXIT_NOINPUT,
		    "there is no container \"%s\"", name);
		hint_at_list(e, err);
	} else if (rc == 0 && list.n > 0) {
		*c = list.v[0];
		list.v[0] = list.v[--list.n];
	}
	con_containers_release(&list);
	tb_strs_release(&names);
	return rc;
}

static bool
is_running(const struct con_container *c)
{
	return c->state != NULL && strcmp(c->state, "running") == 0;
}

/* The environment's project where it is set, one that runs before others. */
static int
rank(const struct con_container *c)
{
	const char *project = getenv("COMPOSE_PROJECT_NAME");
	int points = is_running(c) ? 1 : 0;

	if (project != NULL && c->project != NULL &&
	    strcmp(project, c->project) == 0)
		points += 2;
	return points;
}

static int
choose(struct con_containers *list, const char *service,
    struct con_container *c, struct tb_err *err)
{
	struct tb_strs names = TB_STRS_INIT;
	size_t best = 0, equals = 0;
	char *text;
	int rc = 0;

	for (size_t i = 1; i < list->n; i++)
		if (rank(&list->v[i]) > rank(&list->v[best]))
			best = i;
	for (size_t i = 0; i < list->n; i++)
		if (rank(&list->v[i]) == rank(&list->v[best])) {
			tb_strs_add(&names, list->v[i].name);
			equals++;
		}
	text = tb_strs_join(&names, ", ");
	if (equals > 1) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "service \"%s\" has several containers", service);
		(void)tb_err_detail(err, "They are %s.", text);
		rc = tb_err_hint(err,
		    "Name one with --container, or its "
		    "project in COMPOSE_PROJECT_NAME.");
	} else {
		*c = list->v[best];
		list->v[best] = list->v[--list->n];
	}
	free(text);
	tb_strs_release(&names);
	return rc;
}

int
con_container_of_service(const struct con_engine *e, const char *service,
    struct con_container *c, struct tb_err *err)
{
	struct con_containers list = { NULL, 0 };
	struct tb_strs ids = TB_STRS_INIT;
	char *filter;
	int rc;

	if (check_name(service, err) == -1)
		return -1;
	filter = tb_asprintf("label=com.docker.compose.service=%s", service);
	rc = list_ids(e, filter, &ids, err);
	if (rc == 0 && ids.n == 0) {
		rc = tb_err_set(err, TB_EXIT_NOINPUT,
		    "service \"%s\" has no container", service);
		(void)tb_err_hint(err,
		    "Make and start it, in the folder of its compose file: "
		    "\"%s compose up -d %s\".",
		    e->name, service);
	}
	if (rc == 0 && (rc = inspect(e, &ids, &list, err)) == 0)
		rc = choose(&list, service, c, err);
	con_containers_release(&list);
	tb_strs_release(&ids);
	free(filter);
	return rc;
}
