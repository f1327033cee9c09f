/*
 * reconcile_state.h: what the files of the reconcile engine share.
 *
 * reconcile.c pairs the facts up and lists what changed; reconcile_plan.c
 * decides what happens to each pair; reconcile_node.c makes nodes of that,
 * reconcile_graph.c says which comes before which, order.c sorts and
 * reconcile_loop.c helps where it cannot; and reconcile_emit.c writes the SQL,
 * with what reconcile_grant.c adds.  rule_*.c fill the templates in.
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

/* Words for the rules that the engine has found out, ended by NULL. */
struct rec_words {
	const char *v[9];
	char *owned[4];
	size_t n;
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
	/* Before what it depends on goes: it stays, or goes later. */
	size_t release;
	bool follows; /* a column that changes with a parent's */
	bool shared;  /* of a column: a child has it from others too */
	bool hollow;  /* for a while, to break a loop */
	struct rec_words *words; /* NULL: none */
	/*
	 * Left behind by, or taken over by, the statement of another pair, a
	 * partition; TB_FACT_NONE: it is not.
	 */
	size_t made_by, taken_by;
	size_t
	    gone_before;  /* the pair that would take it over, and shall not */
	size_t gone_with; /* the pair whose drop takes it along */
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

/* A column that waits while something of its type is changed; pairs. */
struct rec_hold {
	size_t changed, column;
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
	struct rec_hold *holds;
	size_t nholds, cap_holds;
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
/* NULL: it is NULL, or there is no such attribute, or no such fact. */
const char *tb_rec_attribute(const struct tb_fact *, const char *name);
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

/*
 * reconcile_loop.c: mend the plan for a loop of nodes; true: something was
 * found, and nodes and edges are to be made again.
 */
bool tb_rec_unfold(struct rec *, const size_t *loop, size_t nloop);
bool tb_rec_hollow(struct rec *, const size_t *loop, size_t nloop);
/* Does it need the other one even while it is hollow? */
bool tb_rec_hollow_needs(const struct tb_fact *, const struct tb_fact *other);
/* Give up edges of a loop: those that may give way, or any one. */
bool tb_rec_cut_weak(struct tb_order *, const size_t *loop, size_t nloop);
void tb_rec_cut(struct tb_order *, const size_t *loop, size_t nloop);

/* reconcile_plan.c: it has to go, for a while at least; look at it again. */
void tb_rec_destroy(struct rec *, struct rec_pair *);
void tb_rec_enqueue(struct rec *, struct rec_pair *);

/* Tell the rules of the pair a word; takes the value, which may be NULL. */
void tb_rec_give(struct rec_pair *, const char *word, char *value);

/* reconcile_detach.c: indexes and keys that come and go with partitions. */
void tb_rec_partitions(struct rec *);
bool tb_rec_is_taken_directly(const struct rec *, const struct rec_pair *);
void tb_rec_order_detached(const struct rec *, struct tb_order *);

/* reconcile_tops.c: what its partitions' indexes have of their own. */
void tb_rec_partition_index(struct rec *, struct rec_pair *);
void tb_rec_order_tops(const struct rec *, struct tb_order *);

/* reconcile_hold.c: columns that wait for a change of their type. */
void tb_rec_hold(struct rec *, const struct rec_pair *changed);
void tb_rec_carry(struct rec *, const struct rec_pair *changed,
    struct rec_pair *column);
void tb_rec_remember_held(struct rec *, const struct rec_pair *changed,
    const struct rec_pair *column);
void tb_rec_order_held(const struct rec *, struct tb_order *);
bool tb_rec_is_cascaded(const struct rec *, const struct rec_pair *);
bool tb_rec_is_typed(const struct rec *, const struct rec_pair *);
void tb_rec_join_typed(struct rec *, struct rec_pair *);

/* reconcile_inherit.c: columns that change with their parents'. */
void tb_rec_inherit(struct rec *);

/* Default privileges of whom the plan runs as; nodes that are written. */
struct rec_grants {
	size_t *pairs, n;
	bool *done;
};

/*
 * reconcile_grant.c.  After each node: what takes back that which the object
 * that it makes got from default privileges.
 */
void tb_rec_grants_find(const struct rec *, struct rec_grants *);
void tb_rec_grants_take(const struct rec *, struct rec_grants *, size_t node,
    void (*)(const struct rec_ctx *, const struct tb_rule *, void *), void *);
void tb_rec_grants_release(struct rec_grants *);

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

/*
 * rule_grant.c.  Of a privilege that is revoked: what its grantee keeps on the
 * columns; whether others may have got something from the grantee; whether the
 * other one is such and stays.
 */
void tb_rec_column_grants(const struct rec_ctx *, struct tb_strs *);
bool tb_rec_may_have_granted(const struct rec_ctx *);
bool tb_rec_is_taken_along(const struct rec *, const struct rec_pair *,
    const struct rec_pair *other);

/*
 * rule_owner.c.  Of a sequence: the table that it shall belong to, if somebody
 * in particular owns that; the table that it leaves, if its owner would stay.
 */
bool tb_rec_others_table(const struct rec_ctx *, struct tb_buf *);
bool tb_rec_stays_others(const struct rec_ctx *, struct tb_buf *);

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
