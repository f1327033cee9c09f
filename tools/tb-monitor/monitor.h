/*
 * monitor.h: the other things that the command can be asked for.
 */
#ifndef MON_MONITOR_H
#define MON_MONITOR_H

#include "core/tb.h"

struct mon_check;
struct mon_set;
struct tb_cmd;
struct tb_ctx;
struct tb_err;

extern const struct tb_cmd mon_cmd_monitor;

/* --list: one line a selected check. */
void mon_list(const struct tb_ctx *, const struct mon_set *);

/* --explain: all that the file of a check says. */
void mon_explain(const struct tb_ctx *, const struct mon_check *);

/*
 * --lint: have the server prepare every selected check, and print what it says
 * of each.  0, or -1: 65 with the number of those that it refuses.
 */
int mon_lint(struct tb_ctx *, const struct mon_set *,
    struct tb_err *) TB_MUSTCHECK;

#endif /* MON_MONITOR_H */
