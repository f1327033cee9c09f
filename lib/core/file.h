/*
 * file.h: files and paths.
 */
#ifndef TB_CORE_FILE_H
#define TB_CORE_FILE_H

#include <sys/types.h>

#include "core/tb.h"

struct tb_buf;
struct tb_err;
struct tb_strs;

/*
 * Append a whole file to the buffer; "-" is standard input.  66 if it is not
 * there, 77 if it may not be read.
 */
int tb_file_read(const char *path, struct tb_buf *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Replace a file or make it: written beside it, synced, renamed, so that a
 * reader sees the old text or the new one.  73 on failure.
 */
int tb_file_write(const char *path, const char *data, size_t len, mode_t mode,
    struct tb_err *) TB_MUSTCHECK;

/* Like mkdir -p; an existing folder is fine.  73 on failure. */
int tb_mkdirs(const char *path, mode_t, struct tb_err *) TB_MUSTCHECK;

/* rm -rf, never through a symbolic link.  A path that is gone is fine. */
int tb_remove_tree(const char *path, struct tb_err *) TB_MUSTCHECK;

/*
 * Add the paths of the files below a folder whose names end in suffix, sorted
 * by name in byte order within each folder, sub-folders (if recursive) in
 * place.  Names that begin with a dot are passed over.
 */
int tb_dir_list(const char *dir, const char *suffix, bool recursive,
    struct tb_strs *, struct tb_err *) TB_MUSTCHECK;

bool tb_file_exists(const char *path);
bool tb_is_dir(const char *path);

/* Paths.  The caller frees what these return. */
char *tb_path_join(const char *dir, const char *name) TB_MUSTCHECK;
char *tb_path_dir(const char *path) TB_MUSTCHECK; /* "." for a bare name */
char *tb_path_absolute(const char *path) TB_MUSTCHECK;

/* The part after the last slash: borrowed. */
const char *tb_path_base(const char *path);

#endif /* TB_CORE_FILE_H */
