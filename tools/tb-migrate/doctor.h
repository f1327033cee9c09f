/*
 * doctor.h: what is wrong with what the database knows of its revisions.
 */
#ifndef TB_MIGRATE_DOCTOR_H
#define TB_MIGRATE_DOCTOR_H

#include "core/strs.h"
#include "core/tb.h"
#include "migrate.h"

struct tb_err;

struct doctor_finding {
	const char *kind; /* static */
	char *text;
	char *remedy;    /* a sentence; NULL: none */
	bool repairable; /* by --fix */
};

struct doctor {
	struct mig *m;
	struct doctor_finding *v;
	size_t n, cap;
	struct tb_strs superfluous; /* rows that other rows imply */
	bool doubled;               /* rows are there more than once */
};

/* text and remedy are taken over. */
void doctor_find(struct doctor *, const char *kind, char *text, char *remedy,
    bool repairable);
void doctor_release(struct doctor *);

/* doctor_rows.c: the version table. */
int doctor_rows(struct doctor *, struct tb_err *) TB_MUSTCHECK;
int doctor_fix_rows(struct doctor *, struct tb_err *) TB_MUSTCHECK;

/* doctor_rest.c: indexes, the lock, schema tb. */
int doctor_rest(struct doctor *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_DOCTOR_H */
