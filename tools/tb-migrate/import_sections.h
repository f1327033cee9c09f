/*
 * import_sections.h: files that comments divide into the way up and the way
 * down, as those of dbmate and goose.
 */
#ifndef TB_MIGRATE_IMPORT_SECTIONS_H
#define TB_MIGRATE_IMPORT_SECTIONS_H

#include "core/buf.h"
#include "core/keys.h"
#include "core/tb.h"
#include "import.h"

struct tb_err;

struct mig_imp_reader {
	const struct mig_imp *imp;
	struct mig_imp_rev *rev;
	struct mig_imp_section *section; /* NULL: before the first mark */
	struct tb_buf text;
	struct tb_buf marks; /* of mig_imp_mark(), for this section */
	int line;            /* of the first line of text */
	int number;          /* of the line that is read */
	bool up, down;       /* these were there */

	/* A comment line; 1: it was a mark, 0: it is text, -1. */
	int (*mark)(struct mig_imp_reader *, struct tb_slice comment,
	    struct tb_err *);
};

/* The file of a revision; 65 if it has no section for the way up. */
int mig_imp_reader_run(struct mig_imp_reader *, struct tb_err *) TB_MUSTCHECK;

/* For mark(): the text from the next line on is of this section. */
int mig_imp_reader_begin(struct mig_imp_reader *, bool up,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_IMPORT_SECTIONS_H */
