/*
 * opt.h: reading a command line by the rows of option tables.
 */
#ifndef TB_CLI_OPT_H
#define TB_CLI_OPT_H

#include "cli/cli.h"
#include "core/strs.h"
#include "core/tb.h"

struct tb_err;

/* Up to this many tables are searched one after another. */
#define TB_OPT_TABLES 4

struct tb_opt_tables {
	const struct tb_opt *v[TB_OPT_TABLES]; /* NULL: no table here */
};

/*
 * Parse argv[0..argc) by the tables: values go to their destinations, operands
 * into *operands (borrowed from argv).  "--" ends the options; so does the
 * first operand if stop_at_operand.  A word such as -1 is an operand.  Returns
 * the number of words that were read, or -1 with 64.
 */
int tb_opt_parse(const struct tb_opt_tables *, int argc, char *argv[],
    bool stop_at_operand, struct tb_strs *operands,
    struct tb_err *) TB_MUSTCHECK;

/* Print a table's rows for --help, or as bare words for completion. */
void tb_opt_print(const struct tb_opt *);
void tb_opt_print_words(const struct tb_opt *);

#endif /* TB_CLI_OPT_H */
