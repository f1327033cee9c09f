/*
 * snapshot_reader.h: between the two halves of reading a snapshot.
 *
 * snapshot_read.c makes tables of the text, snapshot_facts.c facts of the
 * tables.  Each class is made into a result as its statement would have given
 * it, so that nothing else needs to know where the facts come from.
 */
#ifndef TB_CATALOG_SNAPSHOT_READER_H
#define TB_CATALOG_SNAPSHOT_READER_H

#include <libpq-fe.h>

#include "core/strs.h"
#include "core/tb.h"

struct tb_err;
struct tb_facts;

/* The columns that every class has. */
enum {
	TB_SNAPSHOT_IDENTITY = 3,
	TB_SNAPSHOT_PARENT = 4,
	TB_SNAPSHOT_DEFINITION = 5,
	TB_SNAPSHOT_FIXED = 6, /* attributes come after */
};

/* A class of the snapshot, and the rows that were read. */
struct tb_snapshot_table {
	char *name;
	PGresult *res;
	int rows;
	int column; /* that was filled last */
};

struct tb_snapshot_entry {
	const PGresult *res;
	int row, line;
};

/* "needs": from is the number of an entry. */
struct tb_snapshot_need {
	size_t from;
	const char *to; /* "CLASS IDENTITY" in the text */
	int line;
	char type;
};

struct tb_snapshot_reader {
	struct tb_facts *facts;
	const char *name;
	struct tb_err *err;
	char *next; /* the rest of the text; NULL: nothing */
	char *line; /* the one that was read last */
	int number;
	struct tb_snapshot_table *tables;
	size_t n, cap;
	struct tb_snapshot_table *at; /* whose paragraph is read */
	struct tb_snapshot_entry *entries;
	size_t nentries, cap_entries;
	struct tb_snapshot_need *needs;
	size_t nneeds, cap_needs;
	struct tb_strs counts; /* "COUNT NAME" */
};

/* 65 with file and line.  Returns -1. */
int tb_snapshot_fail(struct tb_snapshot_reader *, const char *, ...)
    TB_PRINTF(2, 3);

/* NULL: the snapshot has no such class. */
struct tb_snapshot_table *tb_snapshot_table(const struct tb_snapshot_reader *,
    const char *name);

/* Cut "CLASS IDENTITY" or "CLASS\ IDENTITY" in two, in place. */
int tb_snapshot_cut(struct tb_snapshot_reader *, char *text,
    char **identity) TB_MUSTCHECK;

/* When the text is read: fill reader->facts. */
int tb_snapshot_facts(struct tb_snapshot_reader *) TB_MUSTCHECK;

#endif /* TB_CATALOG_SNAPSHOT_READER_H */
