/*
 * reconcile_state.h: what the files of the reconcile engine share.
 *
 * reconcile.c pairs the facts up and lists what changed; reconcile_plan.c
 * decides what happens to each pair; reconcile_node.c makes nodes of that,
 * reconcile_graph.c says which comes before which, order.c sorts; and
 * reconcile_emit.c writes the SQL.  rule_*.c fill the templates in.
 */
#ifndef TB_CATALOG_RECONCILE_STATE_H
#define TB_CATALOG_RECONCILE_STATE_H

#include "catalog/edges.h"
#include "catalog/facts.h"
#include "catalog/reconcile.h"
#include "catalog/rule.h"
#include "core/tb.h"

struct tb_buf;
struct tb_order;

enum rec_state {
	REC_SAME,
	REC_CHANGE,
	REC_REPLACE, /* drop, then create */
	REC_CREATE,
	REC_DROP,
};

struct rec_change {
	const char *attribute, *old, *new;
};

struct rec_pair {
	size_t left, right; /* TB_FACT_NONE: not there */
	enum rec_state state;
	bool remade; /* REC_CHANGE, by SQL that makes it anew */
	/* Not made, not dropped by the statement of what it is part of. */
	bool unfolded, undropped;
	bool queued;
	struct rec_change *changes;
	size_t n, cap;
	/* Nodes; TB_FACT_NONE: none.  drop may be that of what it goes with. */
	size_t drop, make;
	size_t folded; /* the pair whose creation makes it too */
};

/* A section as it applies to a pair. */
struct rec_use {
	const struct tb_rule *rule;
	struct rec_change change; /* the first attribute that it is about */
	size_t from, to;          /* its statements */
};

/* Nodes of a later phase wait until nothing of an earlier one can be done. */
enum rec_phase {
	REC_EARLY, /* ADD VALUE: committed before it is used */
	REC_GO,
	REC_COME,
	REC_OUTSIDE, /* what cannot be in a transaction */
	REC_LATER,   /* VALIDATE */
};

/* What is put in order: some statements about one pair. */
struct rec_node {
	size_t pair;
	const char *verb;
	bool drop, apart;
	enum rec_phase phase;
	struct rec_use *uses;
	size_t n, cap;
};

struct rec {
	const struct tb_facts *left, *right;
	const struct tb_reconcile_opts *opts;
	struct tb_rules rules;
	struct rec_pair *pairs;
	size_t npairs;
	size_t *left_pair, *right_pair; /* by index of a fact */
	struct tb_tree left_tree, right_tree;
	struct tb_edges needed_by; /* left: by "to" */
	size_t *queue;
	size_t nqueue;
	struct rec_node *nodes;
	size_t nnodes, cap_nodes;
	struct tb_reconcile *out;
};

/* What a template or a condition is about. */
struct rec_ctx {
	const struct rec *r;
	const struct rec_pair *pair;
	bool on_left; /* whose fact is meant by a bare name */
	const struct rec_change *change; /* NULL: none */
	const struct tb_fact *it;        /* of "each"; NULL: none */
	const char *item;                /* the same, of a list of words */
	/* Pairs of word and value, ended by NULL, that go before all others. */
	const char *const *given;
	const char *what; /* for messages: file */
	int line;
};

/* reconcile.c */
const struct tb_fact *tb_rec_left(const struct rec *, const struct rec_pair *);
const struct tb_fact *tb_rec_right(const struct rec *, const struct rec_pair *);
/* The right one if it is there. */
const struct tb_fact *tb_rec_fact(const struct rec *, const struct rec_pair *);
const struct tb_rule_class *tb_rec_class(const struct rec *,
    const struct rec_pair *);
void tb_rec_unresolved(struct rec *, const struct rec_pair *, const char *verb,
    const char *attribute);
/* The pair of what the fact is part of; NULL: of nothing. */
struct rec_pair *tb_rec_up(const struct rec *, const struct rec_pair *,
    bool on_left);
/* Is the left one gone after the plan, if only to come back? */
bool tb_rec_is_destroyed(const struct rec_pair *);
/* Is the right one made by the plan? */
bool tb_rec_is_made(const struct rec_pair *);

/* reconcile_plan.c */
void tb_rec_plan(struct rec *);
/* The first section of this verb that fits; NULL: none. */
const struct tb_rule *tb_rec_section(const struct rec *,
    const struct rec_pair *, enum tb_verb, const struct rec_change *);
/* The use of the section for a changed attribute. */
struct rec_ctx tb_rec_ctx(const struct rec *, const struct rec_pair *,
    const struct tb_rule *, const struct rec_change *);

/* reconcile_node.c, reconcile_graph.c, reconcile_emit.c */
void tb_rec_nodes(struct rec *);
/* Does a fact of a class with "shell" depend on another, and that on it? */
bool tb_rec_is_mutual(const struct rec *, const struct tb_facts *, size_t shell,
    size_t other);
void tb_rec_graph(const struct rec *, struct tb_order *);
void tb_rec_emit(struct rec *, const size_t *order);

/* rule_value.c: append what the word stands for; false: it is NULL. */
bool tb_rec_value(const struct rec_ctx *, const char *word, struct tb_buf *);
/* One word of a fact: a field or an attribute. */
bool tb_rec_field(const struct rec_ctx *, const struct tb_facts *,
    const struct tb_fact *, const char *word, struct tb_buf *);
/* The i-th name of an identity, from 0; -1: the last. */
void tb_rec_name(const char *identity, int i, struct tb_buf *);

/* rule_word.c: is there such a word?  *null: is it NULL? */
bool tb_rec_word(const struct rec_ctx *, const char *word, struct tb_buf *,
    bool *null);

/* The values of what is changed; "" for NULL. */
const char *tb_rec_old_of(const struct rec_ctx *);
const char *tb_rec_new_of(const struct rec_ctx *);

/*
 * Lists as "a='1', b='2'": where the first item ends, and its key; what comes
 * after it; the item with a key, NULL if there is none.
 */
size_t tb_rec_option_length(const char *, size_t *key);
const char *tb_rec_next_option(const char *, size_t n);
const char *tb_rec_find_option(const char *list, const char *key, size_t nkey,
    size_t *n);

/* rule_list.c */

/* Is there such a list?  Its items, for "each". */
bool tb_rec_list(const struct rec_ctx *, const char *word, struct tb_strs *);

/* rule_type.c: from one type to another; texts as format_type() has them. */
bool tb_rec_type_is_same_or_wider(const char *old, const char *new);
bool tb_rec_type_is_lossless(const char *old, const char *new);
/* Of one family: what compares the old values compares the new ones. */
bool tb_rec_type_is_kindred(const char *old, const char *new);
bool tb_rec_type_is_assignable(const char *old, const char *new);

/* rule_text.c */
void tb_rec_fill(const struct rec_ctx *, const char *template, struct tb_buf *);
void tb_rec_parts(const struct rec_ctx *, const char *class,
    const char *separator, struct tb_buf *);

/* rule_test.c: do the conditions hold? */
bool tb_rec_test_all(const struct rec_ctx *, const struct tb_strs *);

#endif /* TB_CATALOG_RECONCILE_STATE_H */
