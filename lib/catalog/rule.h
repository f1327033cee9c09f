/*
 * rule.h: how a difference becomes SQL, class by class.
 *
 * HOW TO WRITE RULES
 *
 * The rules of a class are one file, rules/CLASS.rules, named as its .sql
 * file.  C knows no class: a class is an .sql and a .rules file and nothing
 * else.  A class without rules is read and compared, and what differs in it is
 * reported as "no statement known".
 *
 *	--: class trigger
 *
 *	--: create
 *	--: lock SHARE ROW EXCLUSIVE on {parent}
 *	{definition}
 *
 *	--: drop
 *	--: lock ACCESS EXCLUSIVE on {parent}
 *	DROP TRIGGER {name} ON {parent}
 *
 *	--: change enabled
 *	--: initial origin
 *	--: lock SHARE ROW EXCLUSIVE on {parent}
 *	ALTER TABLE {parent} {trigger-state} TRIGGER {name}
 *
 * Lines with "#" are comments.  Keys before the first section are about the
 * class:
 *
 *	class NAME	 as in the .sql file
 *	occupies SPACE NAME
 *			 what exists under this name stands in the way of
 *			 others in the same space: "relation {identity}";
 *			 what is empty occupies nothing
 *	keeps parts	 DROP does not take the parts along (a schema's)
 *	goes along	 goes with what it is part of, though that keeps other
 *			 parts (a comment)
 *	outside		 its statements act on more than this database: --prove
 *			 leaves the class and its parts out
 *	after CLASS ...	 made after the parts of these classes of the same
 *			 object, changed ones too
 *	goes after CLASS ...
 *			 dropped after the parts of these classes
 *	shell		 made in two steps, the second one "apart": what it
 *			 depends on and what depends on it stands between them
 *			 (a base type and its functions) and goes along
 *	explicit	 what it depends on automatically must not take it
 *			 along (a partition its table)
 *
 * A section begins with a verb; of several that fit, the first one is taken.
 *
 *	create		 of what is only on the right
 *	drop		 of what is only on the left
 *	change ATTR ...	 of an attribute, of "definition", of "parent"; "*" is
 *			 any.  What no section fits is replaced: drop, create.
 *			 Some names are no attribute's, but what the engine
 *			 wants done: "held", "released", "carried"
 *			 (reconcile_hold.c), "filled", "hollow"
 *			 (reconcile_loop.c), "made_with" (reconcile_grant.c)
 *	replace ATTR ... the same, said aloud
 *	part		 not a statement, but the words that stand for this
 *			 fact in that of the object that it is made with; see
 *			 {parts}
 *	rename		 for --rename; {new-name}, {new-schema}
 *
 * Replacing takes along what is part of the fact and what depends on it, and
 * makes all that again, parts (comments, grants, owners) included.
 *
 * Keys of a section, before its SQL:
 *
 *	when CONDITION	 take the section only then; several must all hold
 *	initial VALUE	 of "change ATTR": what the attribute is after create
 *			 ("none": NULL).  Where it has to be something else
 *			 the section's SQL follows the creation.
 *	disturbs CLASS ...
 *			 what depends on the fact and is of these classes has
 *			 to go before and come back after ("*": whatever
 *			 depends); "constraint:foreign-key" is one kind
 *	remakes		 the SQL makes the fact anew: its parts are made
 *			 again after it, what depends on it is replaced
 *	apart		 the SQL is ordered by itself: only this section and
 *			 not the creation needs what the fact depends on by
 *			 automatic dependency (a sequence its owner)
 *	impossible	 no statement does it: "no statement known"
 *	implied by CLASS ...
 *			 without SQL: a statement on a fact of these classes
 *			 sees to it; if none is made, "no statement known"
 *
 * A section without SQL has nothing to do: something else sees to it.
 *
 * SQL is one statement without a semicolon; a line "--: then" starts the next.
 * Keys of a statement, before it:
 *
 *	if CONDITION	 leave the statement out unless it holds
 *	each CLASS	 once for each fact of that class that depends on this
 *			 one and stays; {it.name} and so on speak of it;
 *			 "along": for each privilege that others have on the
 *			 same object, and REVOKE ... CASCADE may take along
 *	lock LEVEL [on WHAT]
 *			 the strongest lock it takes, as PostgreSQL names it;
 *			 without the key it locks no relation
 *	hazard WORD ...	 what must be allowed: data-loss (rows, values or a
 *			 counter go), rewrite (the table is written anew),
 *			 blocking (reads or writes wait while all rows are
 *			 read), extension (its own script is run)
 *	transaction no	 PostgreSQL refuses it inside a transaction
 *	commit before	 it must not share the transaction of what is before
 *	commit after	 what follows must see it committed
 *	early		 before all others (ADD VALUE)
 *	later		 it and the rest of the section may wait until all is
 *			 done: VALIDATE
 *	setting NAME = VALUE
 *			 to be set in its transaction
 *
 * What a password is no fact tells: "each secret" and {secret-connection} put
 * variables of psql there.
 *
 * Words in braces are replaced:
 *
 *	{identity} {name} {schema}   "a.t.c", its last and its first name
 *	{parent} {parent-class}      identity and class of what it is part of
 *	{definition} {ATTRIBUTE}     of the fact (of the left one in "drop")
 *	{old} {new}                  of the attribute that the section is about
 *	{left.X} {right.X}           of one side; {up.X} of the parent;
 *	                             {it.X} with "each"
 *	{X?TEXT} {X?TEXT|ELSE}       TEXT with * replaced if X is not NULL,
 *	                             otherwise ELSE or nothing
 *	{X=VALUE?TEXT|ELSE}          the same, if X is VALUE
 *	{upper X}                    in capitals
 *	{literal X}                  as an SQL literal
 *	{parts CLASS}                the parts of this class that are made now
 *	                             and whose "part" fits, with commas; one a
 *	                             line where the words begin one
 *	{WORD}                       a word of rule_word.c, such as
 *	                             {set-options}
 *
 * A bare word that is NULL is an error in the rules.
 *
 * A condition is [not] X, [not] X = VALUE | VALUE..., X >= NUMBER, where X is
 * as in braces, "server" (its version), or a word of rule_test.c:
 *
 *	made		 the object that it is a part of is made by this plan
 *	existing	 it is there, may have rows, and statements shall not
 *			 block; "not existing" is the short form
 *	up-has CLASS	 the parent has a part of this class
 *	up-gains CLASS	 the parent gets a part of this class
 *	up-loses CLASS	 the parent loses a part of this class
 *	up-changes	 the parent stays and is changed
 *	changes ATTR	 the attribute differs between the sides
 *	redefined	 the definition differs
 *	prefix ATTR	 the old list stands at the beginning of the new one
 *	subsequence ATTR the old list's items are in the new one, in order
 *	replaceable	 CREATE OR REPLACE of a routine can do it
 *	same-but-state	 the definitions differ only in what ALTER CONSTRAINT
 *			 can change
 *	same-kind-of-trigger
 *			 neither is one of a constraint
 *	same-but-multirange
 *			 only the multirange type of a range has another name
 *	wider lossless	 of attribute "type": no value has to be written anew;
 *			 no value can lose anything
 *	kindred		 both types are numbers, both are texts, and so on
 *	disturbed	 it does not differ, but has to be made again
 *	narrower	 of a sequence: its bounds
 *	volatile CLASS	 the part of this class, an expression, may have
 *			 another value for each row
 *
 * The words "none" and NULL are one; "not X" holds if X is NULL.
 */
#ifndef TB_CATALOG_RULE_H
#define TB_CATALOG_RULE_H

#include "core/sql.h"
#include "core/strs.h"
#include "core/tb.h"

enum tb_verb {
	TB_VERB_CREATE,
	TB_VERB_DROP,
	TB_VERB_CHANGE,
	TB_VERB_REPLACE,
	TB_VERB_PART,
	TB_VERB_RENAME,
};

struct tb_rule_step {
	struct tb_strs conditions; /* of "if" */
	struct tb_strs hazards;
	struct tb_strs settings;
	char *each; /* NULL: once */
	char *lock; /* NULL: none */
	bool no_transaction, commit_before, commit_after, early, later;
	char *sql; /* the template */
};

struct tb_rule {
	enum tb_verb verb;
	struct tb_strs attributes;
	struct tb_strs conditions; /* of "when" */
	struct tb_strs disturbs;
	struct tb_strs implied_by;
	char *initial; /* NULL: not given; "none" */
	bool remakes, apart, impossible;
	struct tb_rule_step *steps; /* none: nothing to do */
	size_t nsteps, cap;
	const char *file; /* for messages */
	int line;
};

struct tb_rule_class {
	char *name;
	const char *file;
	struct tb_strs occupies; /* "SPACE TEMPLATE" */
	struct tb_strs after, goes_after;
	bool keeps_parts, goes_along, is_explicit, is_outside, is_shell;
	struct tb_rule *v; /* in the order of the file */
	size_t n, cap;
};

struct tb_rules {
	struct tb_rule_class *v; /* sorted by name */
	size_t n, cap;
};

/* clang-format off */
#define TB_RULES_INIT	{ NULL, 0, 0 }
/* clang-format on */

extern const struct tb_sql tb_catalog_rules[];

/* Read the embedded files; a fault in one of them is a bug. */
void tb_rules_load(struct tb_rules *, const struct tb_sql *);
void tb_rules_release(struct tb_rules *);

/* NULL: the class has no rules. */
const struct tb_rule_class *tb_rules_find(const struct tb_rules *,
    const char *class);

/* Is this a section of this verb, and about this attribute (NULL: any)? */
bool tb_rule_is(const struct tb_rule *, enum tb_verb, const char *attribute);

/* Every word that stands behind "hazard", sorted, once each. */
void tb_rules_hazards(const struct tb_rules *, struct tb_strs *);

#endif /* TB_CATALOG_RULE_H */
