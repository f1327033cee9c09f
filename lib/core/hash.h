/*
 * hash.h: SHA-256, as lower-case hexadecimal.
 */
#ifndef TB_CORE_HASH_H
#define TB_CORE_HASH_H

#include <sha2.h>

#include "core/tb.h"

#define TB_HASH_LEN 64

void tb_hash(const void *data, size_t len, char out[TB_HASH_LEN + 1]);

/* The same in pieces: begin, add as often as need be, end. */
struct tb_hashing {
	SHA2_CTX ctx;
};

void tb_hash_begin(struct tb_hashing *);
void tb_hash_add(struct tb_hashing *, const void *data, size_t len);
void tb_hash_end(struct tb_hashing *, char out[TB_HASH_LEN + 1]);

#endif /* TB_CORE_HASH_H */
