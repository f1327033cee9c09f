/*
 * hash.h: SHA-256, as lower-case hexadecimal.
 */
#ifndef TB_CORE_HASH_H
#define TB_CORE_HASH_H

#include "core/tb.h"

#define TB_HASH_LEN 64

void tb_hash(const void *data, size_t len, char out[TB_HASH_LEN + 1]);

#endif /* TB_CORE_HASH_H */
