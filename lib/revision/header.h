/*
 * header.h: reading a revision file line by line; private to this room.
 */
#ifndef TB_REVISION_HEADER_H
#define TB_REVISION_HEADER_H

#include "core/keys.h"
#include "core/tb.h"
#include "revision/file.h"

enum tb_section_kind {
	TB_SECTION_UPGRADE,
	TB_SECTION_DOWNGRADE,
	TB_SECTION_VERIFY,
	TB_SECTIONS,
};

struct tb_reader {
	struct tb_header *h; /* with its path */
	struct tb_lines in;
	struct tb_err *err;
	/* The section mark that was read last. */
	enum tb_section_kind section;
	struct tb_slice value;
};

/*
 * Read the keys up to the first section mark: 1 when there is one (see
 * section and value), 0 at the end of the text, -1 on failure.
 */
int tb_reader_header(struct tb_reader *) TB_MUSTCHECK;

/* The next line of a body: 1 a line, 2 a section mark, 0 the end, -1. */
int tb_reader_body(struct tb_reader *, struct tb_slice *line) TB_MUSTCHECK;

/* Fail in the line that was read last; -1. */
int tb_reader_fail(struct tb_reader *, const char *, ...) TB_PRINTF(2, 3);

/* Put the place before the error if rc is -1; returns rc. */
int tb_reader_at(struct tb_reader *, int rc);

const char *tb_section_name(enum tb_section_kind);

/* tb_header_read() of a file in an open folder; path is for messages. */
int tb_header_read_at(int dir, const char *name, const char *path,
    struct tb_header *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_HEADER_H */
