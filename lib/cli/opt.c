#include "core/tb.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/opt.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "revision/near.h"

/* What getopt_long(3) returns for the first row, behind all letters. */
#define FIRST_LONG 0x100

/* getopt_long(3)'s two descriptions of the rows of all tables. */
struct spec {
	struct tb_buf letters;
	struct option *longs;
	const struct tb_opt **rows; /* rows[i] is longs[i] */
	size_t n;
};

static size_t
count_rows(const struct tb_opt_tables *tables)
{
	size_t n = 0;

	for (size_t t = 0; t < TB_OPT_TABLES; t++)
		for (const struct tb_opt *o = tables->v[t];
		     o != NULL && o->kind != TB_OPT_KIND_END; o++)
			n++;
	return n;
}

static void
add_row(struct spec *spec, const struct tb_opt *o)
{
	spec->longs[spec->n] = (struct option){
		.name = o->name,
		.has_arg = o->arg != NULL ? required_argument : no_argument,
		/* Were it the same for all, any would do for "--re". */
		.val = FIRST_LONG + (int)spec->n,
	};
	spec->rows[spec->n++] = o;
	if (o->letter != 0)
		tb_buf_addf(&spec->letters, "%c%s", o->letter,
		    o->arg != NULL ? ":" : "");
}

static void
make_spec(struct spec *spec, const struct tb_opt_tables *tables)
{
	size_t n = count_rows(tables);

	*spec = (struct spec){ .letters = TB_BUF_INIT };
	spec->longs = tb_calloc(n + 1, sizeof(*spec->longs));
	spec->rows = tb_calloc(n + 1, sizeof(*spec->rows));
	/* "+": stop at an operand; ":": tell a missing argument apart. */
	tb_buf_add(&spec->letters, "+:");
	for (size_t t = 0; t < TB_OPT_TABLES; t++)
		for (const struct tb_opt *o = tables->v[t];
		     o != NULL && o->kind != TB_OPT_KIND_END; o++)
			add_row(spec, o);
}

static void
free_spec(struct spec *spec)
{
	tb_buf_release(&spec->letters);
	free(spec->longs);
	free(spec->rows);
}

static const struct tb_opt *
row_of_letter(const struct spec *spec, int letter)
{
	for (size_t i = 0; i < spec->n; i++)
		if (spec->rows[i]->letter == letter)
			return spec->rows[i];
	tb_bug("option -%c has no row", letter);
}

static int
set_int(const struct tb_opt *o, const char *text, struct tb_err *err)
{
	char *end;
	long long value;

	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || value < o->min ||
	    value > o->max)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "invalid value \"%s\" for option --%s: a whole number "
		    "from %lld to %lld is expected",
		    text, o->name, o->min, o->max);
	*(long long *)o->dest = value;
	return 0;
}

static int
set_num(const struct tb_opt *o, const char *text, struct tb_err *err)
{
	char *end;
	double value;

	errno = 0;
	value = strtod(text, &end);
	if (errno != 0 || end == text || *end != '\0' ||
	    !(value >= (double)o->min && value <= (double)o->max))
		return tb_err_set(err, TB_EXIT_USAGE,
		    "invalid value \"%s\" for option --%s: a number from "
		    "%lld to %lld is expected",
		    text, o->name, o->min, o->max);
	*(double *)o->dest = value;
	return 0;
}

static int
set_word(const struct tb_opt *o, const char *text, struct tb_err *err)
{
	struct tb_buf words = TB_BUF_INIT;

	for (size_t i = 0; o->words[i] != NULL; i++) {
		if (strcmp(o->words[i], text) == 0) {
			*(const char **)o->dest = o->words[i];
			tb_buf_release(&words);
			return 0;
		}
		tb_buf_addf(&words, "%s%s", i > 0 ? ", " : "", o->words[i]);
	}
	(void)tb_err_set(err, TB_EXIT_USAGE,
	    "invalid value \"%s\" for option --%s: it is one of %s", text,
	    o->name, words.s);
	tb_buf_release(&words);
	return -1;
}

static int
set_value(const struct tb_opt *o, const char *text, struct tb_err *err)
{
	switch (o->kind) {
	case TB_OPT_KIND_FLAG:
		*(bool *)o->dest = true;
		return 0;
	case TB_OPT_KIND_STR:
		*(const char **)o->dest = text;
		return 0;
	case TB_OPT_KIND_LIST:
		tb_strs_add(o->dest, text);
		return 0;
	case TB_OPT_KIND_INT:
		return set_int(o, text, err);
	case TB_OPT_KIND_NUM:
		return set_num(o, text, err);
	case TB_OPT_KIND_WORD:
		return set_word(o, text, err);
	case TB_OPT_KIND_END:
		break;
	}
	tb_bug("option --%s has no kind", o->name);
}

/* No option is called so, or several begin so. */
static int
unknown_long(const struct spec *spec, const char *word, struct tb_err *err)
{
	size_t n = strcspn(word + 2, "="), matches = 0;
	char *name = tb_strndup(word + 2, n);
	struct tb_near near = tb_near(name);
	struct tb_buf list = TB_BUF_INIT;

	for (size_t i = 0; i < spec->n; i++) {
		const char *known = spec->rows[i]->name;

		tb_near_try(&near, known);
		if (strncmp(known, name, n) == 0)
			tb_buf_addf(&list, "%s--%s", matches++ > 0 ? ", " : "",
			    known);
	}
	if (matches > 1)
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "option %s may be any of %s", word, list.s);
	else
		(void)tb_err_set(err, TB_EXIT_USAGE, "there is no option %s",
		    word);
	if (matches == 0 && near.best != NULL)
		(void)tb_err_hint(err, "Did you mean --%s?", near.best);
	tb_buf_release(&list);
	free(name);
	return -1;
}

/* argv as getopt_long(3) sees it, with a program's name before it. */
static int
parse_one(const struct spec *spec, int argc, char *argv[], struct tb_err *err)
{
	const char *word = argv[optind];
	int c = getopt_long(argc, argv, spec->letters.s, spec->longs, NULL);

	if (c == ':') {
		if (optopt != 0 && optopt < FIRST_LONG)
			return tb_err_set(err, TB_EXIT_USAGE,
			    "option -%c needs an argument", optopt);
		return tb_err_set(err, TB_EXIT_USAGE,
		    "option %s needs an argument", word);
	}
	if (c == '?') {
		if (optopt != 0 && strncmp(word, "--", 2) != 0)
			return tb_err_set(err, TB_EXIT_USAGE,
			    "there is no option -%c", optopt);
		if (optopt == 0)
			return unknown_long(spec, word, err);
		return tb_err_set(err, TB_EXIT_USAGE,
		    "option %s takes no argument", word);
	}
	return set_value(c >= FIRST_LONG ? spec->rows[c - FIRST_LONG] :
					   row_of_letter(spec, c),
	    optarg, err);
}

/* "-" is a file, -1 a step back. */
static bool
is_operand(const char *word)
{
	return word[0] != '-' || word[1] == '\0' ||
	    isdigit((unsigned char)word[1]);
}

static int
parse_all(const struct spec *spec, int argc, char *argv[], bool stop,
    struct tb_strs *operands, struct tb_err *err)
{
	optind = 0; /* glibc: start over */
	opterr = 0;
	(void)getopt_long(1, argv, spec->letters.s, spec->longs, NULL);
	while (optind < argc) {
		char *word = argv[optind];

		if (strcmp(word, "--") == 0) {
			for (optind++; optind < argc; optind++)
				tb_strs_add(operands, argv[optind]);
		} else if (!is_operand(word)) {
			if (parse_one(spec, argc, argv, err) == -1)
				return -1;
		} else {
			if (stop)
				break;
			tb_strs_add(operands, word);
			optind++;
		}
	}
	return 0;
}

int
tb_opt_parse(const struct tb_opt_tables *tables, int argc, char *argv[],
    bool stop, struct tb_strs *operands, struct tb_err *err)
{
	struct spec spec;
	int rc;

	make_spec(&spec, tables);
	/* getopt_long(3) passes over the first word, which is ours. */
	rc = parse_all(&spec, argc + 1, argv - 1, stop, operands, err);
	free_spec(&spec);
	return rc == -1 ? -1 : optind - 1;
}

void
tb_opt_print(const struct tb_opt *table)
{
	for (const struct tb_opt *o = table;
	     o != NULL && o->kind != TB_OPT_KIND_END; o++) {
		struct tb_buf left = TB_BUF_INIT;

		if (o->letter != 0)
			tb_buf_addf(&left, "-%c, ", o->letter);
		else
			tb_buf_add(&left, "    ");
		tb_buf_addf(&left, "--%s%s%s", o->name,
		    o->arg != NULL ? "=" : "", o->arg != NULL ? o->arg : "");
		if (left.len > 28)
			(void)printf("  %s\n%32s%s\n", left.s, "", o->help);
		else
			(void)printf("  %-28s  %s\n", left.s, o->help);
		tb_buf_release(&left);
	}
}

void
tb_opt_print_words(const struct tb_opt *table)
{
	for (const struct tb_opt *o = table;
	     o != NULL && o->kind != TB_OPT_KIND_END; o++)
		(void)printf("--%s%s\n", o->name, o->arg != NULL ? "=" : "");
}
