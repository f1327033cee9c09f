/*
 * near.h: "did you mean".
 */
#ifndef TB_REVISION_NEAR_H
#define TB_REVISION_NEAR_H

#include "core/tb.h"

/*
 * Keep the candidate that is nearest to a word: few letters wrong, missing,
 * too many or swapped.
 *
 *	struct tb_near near = tb_near(word);
 *
 *	for (...)
 *		tb_near_try(&near, name);
 *	if (near.best != NULL)
 *		hint...
 */
struct tb_near {
	const char *word;
	const char *best; /* borrowed; NULL: nothing is near */
	size_t distance;  /* of best; before that, one more than is near */
};

struct tb_near tb_near(const char *word);
void tb_near_try(struct tb_near *, const char *candidate);

#endif /* TB_REVISION_NEAR_H */
