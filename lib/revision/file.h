/*
 * file.h: one revision file.
 *
 *	--: revision 69694099e14e
 *	--: down-revision 7354d6bd11ea
 *	--: message add_api_key_id_to_bot_config
 *
 *	--: upgrade
 *	ALTER TABLE ...;
 *
 *	--: downgrade
 *	ALTER TABLE ...;
 *
 * Before the first section there are only keys, blank lines and "--"
 * comments.  Every failure is 65 with "file:line: " in front of the message,
 * except a file that cannot be read.  CRLF and a byte order mark are accepted.
 */
#ifndef TB_REVISION_FILE_H
#define TB_REVISION_FILE_H

#include "core/hash.h"
#include "core/strs.h"
#include "core/tb.h"

struct tb_err;

/* As long as a name in PostgreSQL. */
#define TB_REVISION_ID_MAX 63

enum tb_header_key {
	TB_KEY_REVISION,
	TB_KEY_DOWN_REVISION,
	TB_KEY_DEPENDS_ON,
	TB_KEY_LABELS,
	TB_KEY_REPLACES,
	TB_KEY_MESSAGE,
	TB_KEY_DATE,
	TB_KEY_TRANSACTION,
	TB_KEY_LOCK_TIMEOUT,
	TB_KEY_STATEMENT_TIMEOUT,
	TB_KEY_LINT_IGNORE,
	TB_KEYS,
};

struct tb_header {
	char *path; /* of the file, or what stands for it in messages */
	char *id;
	char *message; /* "" if there is none */
	char *date;    /* as written; NULL: none */
	struct tb_strs down_revision;
	struct tb_strs depends_on; /* ids and labels */
	struct tb_strs labels;
	struct tb_strs replaces;    /* in the order they were applied in */
	struct tb_strs lint_ignore; /* "RULE reason", for the whole file */
	bool transaction;           /* false: "transaction no" */
	char *lock_timeout;         /* as PostgreSQL reads it; NULL: not set */
	char *statement_timeout;
	int line[TB_KEYS]; /* where the key stands, from 1; 0: not there */
};

/* SQL between two marks, its line ends made LF.  It ends in LF or is empty. */
struct tb_section {
	char *text; /* NULL: there is no such section */
	int line;   /* of the first line of text, from 1 */
};

struct tb_revision_file {
	struct tb_header header;
	struct tb_section upgrade; /* always there, may be blank */
	struct tb_section downgrade;
	struct tb_section verify;
	bool no_downgrade; /* "--: downgrade none": there is no way back */
	int no_downgrade_line;
	char hash[TB_HASH_LEN + 1]; /* of the file, byte for byte */
};

/* clang-format off */
#define TB_HEADER_INIT		{ .transaction = true }
#define TB_REVISION_FILE_INIT	{ .header = TB_HEADER_INIT }
/* clang-format on */

/*
 * Read only the keys: of a big file only the beginning is read, so that what
 * is wrong in its sections is not seen.
 */
int tb_header_read(const char *path, struct tb_header *,
    struct tb_err *) TB_MUSTCHECK;
void tb_header_release(struct tb_header *);

/* The whole file. */
int tb_revision_file_read(const char *path, struct tb_revision_file *,
    struct tb_err *) TB_MUSTCHECK;

/* The same of a text that is not in a file; path is for messages. */
int tb_revision_file_parse(const char *path, const char *text, size_t len,
    struct tb_revision_file *, struct tb_err *) TB_MUSTCHECK;
void tb_revision_file_release(struct tb_revision_file *);

/* "revision", "down-revision", ... */
const char *tb_header_key_name(enum tb_header_key);

/*
 * May this be a revision's id, a label?  If not, the error says why (65,
 * without file and line).
 */
int tb_revision_check_id(const char *id, struct tb_err *) TB_MUSTCHECK;
int tb_revision_check_label(const char *label, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_FILE_H */
