/*
 * rule_range.h: words about the multirange type that a range type comes with,
 * which has a name of its own.  False: both sides have the same.
 */
#ifndef TB_CATALOG_RULE_RANGE_H
#define TB_CATALOG_RULE_RANGE_H

#include "core/tb.h"

struct rec_ctx;
struct tb_buf;

/* What it is called now, with its schema. */
bool tb_rec_old_multirange(const struct rec_ctx *, struct tb_buf *);
/* Its new last name. */
bool tb_rec_multirange_name(const struct rec_ctx *, struct tb_buf *);
/* Its new schema. */
bool tb_rec_multirange_schema(const struct rec_ctx *, struct tb_buf *);
/* The new name in the old schema. */
bool tb_rec_renamed_multirange(const struct rec_ctx *, struct tb_buf *);

#endif /* TB_CATALOG_RULE_RANGE_H */
