/*
 * Reading sqitch.plan:
 *
 *	%project=flipr
 *
 *	users [appschema] 2013-12-31T18:30:00Z Marge N. <m@x.org> # Users table
 *	@v1.0.0 2013-12-31T20:12:00Z Marge N. <m@x.org> # First release
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/mem.h"
#include "import_sqitch.h"

struct reader {
	const char *path;
	int line;
	struct mig_imp_plan *plan;
	struct tb_err *err;
};

static int
fail(const struct reader *r, const char *what, struct tb_slice s)
{
	return tb_err_set(r->err, TB_EXIT_DATA, "%s:%d: %s \"%.*s\"", r->path,
	    r->line, what, (int)s.n, s.s);
}

static int
take_pragma(struct reader *r, struct tb_slice line)
{
	static const char project[] = "%project=";
	const size_t n = sizeof(project) - 1;

	if (line.n > n && memcmp(line.s, project, n) == 0) {
		free(r->plan->project);
		r->plan->project = tb_strndup(line.s + n, line.n - n);
	}
	return 0;
}

static int
take_tag(struct reader *r, struct tb_slice line)
{
	struct mig_imp_plan *plan = r->plan;
	struct tb_slice word;
	char *tag;

	(void)tb_slice_word(&line, &word);
	if (plan->n == 0)
		return fail(r, "no change stands before tag", word);
	tag = tb_strndup(word.s + 1, word.n - 1);
	tb_strs_take(&plan->v[plan->n - 1].tags, tag);
	return 0;
}

/* "[a b !c]" at the start of rest. */
static int
take_needs(struct reader *r, struct tb_slice *rest, struct tb_strs *needs)
{
	const char *end = memchr(rest->s, ']', rest->n);
	struct tb_slice inside, word;

	if (end == NULL)
		return fail(r, "a list is not closed:", *rest);
	inside = (struct tb_slice){ rest->s + 1, (size_t)(end - rest->s) - 1 };
	while (tb_slice_word(&inside, &word)) {
		if (word.s[0] == '!')
			continue;
		if (word.s[0] == ':') {
			word.s++;
			word.n--;
		}
		tb_strs_take(needs, tb_slice_dup(word));
	}
	rest->n -= (size_t)(end + 1 - rest->s);
	rest->s = end + 1;
	return 0;
}

/* Behind "# ", with \n and \\ written out. */
static char *
note_of(struct tb_slice rest)
{
	const char *hash = rest.n > 0 ? memchr(rest.s, '#', rest.n) : NULL;
	const char *end = rest.s + rest.n;
	struct tb_buf b = TB_BUF_INIT;

	if (hash == NULL)
		return tb_strdup("");
	for (const char *s = hash + 1; s < end; s++) {
		if (*s == '\\' && s + 1 < end) {
			s++;
			tb_buf_addc(&b, (char)(*s == 'n' ? '\n' : *s));
		} else if (b.len > 0 || *s != ' ') {
			tb_buf_addc(&b, *s);
		}
	}
	tb_buf_rtrim(&b);
	return tb_buf_detach(&b);
}

static int
take_change(struct reader *r, struct tb_slice line)
{
	struct mig_imp_plan *plan = r->plan;
	struct mig_imp_change change = { .line = r->line };
	struct tb_slice rest = line, word;

	(void)tb_slice_word(&rest, &word);
	if (word.s[0] == '-')
		return fail(r, "the plan reverts", word);
	if (word.s[0] == '+') {
		word.s++;
		word.n--;
	}
	change.name = tb_slice_dup(word);
	plan->v = tb_grow(plan->v, plan->n, &plan->cap, sizeof(*plan->v));
	while (rest.n > 0 && (*rest.s == ' ' || *rest.s == '\t')) {
		rest.s++;
		rest.n--;
	}
	change.note = note_of(rest);
	plan->v[plan->n] = change;
	plan->n++;
	if (rest.n > 0 && *rest.s == '[' &&
	    take_needs(r, &rest, &plan->v[plan->n - 1].needs) == -1)
		return -1;
	if (!tb_slice_word(&rest, &word) || memchr(word.s, 'T', word.n) == NULL)
		return fail(r, "there is no date for change", line);
	plan->v[plan->n - 1].date = tb_slice_dup(word);
	return 0;
}

int
mig_imp_plan_read(const char *path, struct mig_imp_plan *plan,
    struct tb_err *err)
{
	struct reader r = { .path = path, .plan = plan, .err = err };
	struct tb_buf b = TB_BUF_INIT;
	struct tb_slice line, rest, word;
	struct tb_lines in;
	int rc = tb_file_read(path, &b, err);

	in = tb_lines(b.s);
	while (rc == 0 && tb_lines_next(&in, &line)) {
		r.line = in.number;
		rest = line;
		if (!tb_slice_word(&rest, &word) || word.s[0] == '#')
			continue;
		line.n -= (size_t)(word.s - line.s);
		line.s = word.s;
		if (word.s[0] == '%')
			rc = take_pragma(&r, line);
		else if (word.s[0] == '@')
			rc = take_tag(&r, line);
		else
			rc = take_change(&r, line);
	}
	tb_buf_release(&b);
	return rc;
}

void
mig_imp_plan_release(struct mig_imp_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		free(plan->v[i].name);
		free(plan->v[i].note);
		free(plan->v[i].date);
		tb_strs_release(&plan->v[i].needs);
		tb_strs_release(&plan->v[i].tags);
	}
	free(plan->v);
	free(plan->project);
	*plan = (struct mig_imp_plan){ .n = 0 };
}

/* The last change up to the i-th, that one left out, that bears a tag. */
static long
find_tag(const struct mig_imp_plan *plan, const char *tag)
{
	for (size_t i = plan->n; i > 0; i--)
		if (tb_strs_has(&plan->v[i - 1].tags, tag))
			return (long)i - 1;
	return -1;
}

long
mig_imp_plan_find(const struct mig_imp_plan *plan, size_t i,
    const char *requirement)
{
	const char *at = strchr(requirement, '@');
	size_t n =
	    at != NULL ? (size_t)(at - requirement) : strlen(requirement);
	long last = (long)i - 1;

	if (at != NULL && (last = find_tag(plan, at + 1)) >= (long)i)
		last = -1;
	if (n == 0)
		return last;
	for (; last >= 0; last--)
		if (strlen(plan->v[last].name) == n &&
		    strncmp(plan->v[last].name, requirement, n) == 0)
			return last;
	return -1;
}

size_t
mig_imp_plan_rework(const struct mig_imp_plan *plan, size_t i)
{
	size_t next = i + 1;

	while (
	    next < plan->n && strcmp(plan->v[next].name, plan->v[i].name) != 0)
		next++;
	return next;
}
