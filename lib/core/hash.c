#include "core/tb.h"

#include "core/hash.h"

void
tb_hash(const void *data, size_t len, char out[TB_HASH_LEN + 1])
{
	(void)SHA256Data(data, len, out);
}

void
tb_hash_begin(struct tb_hashing *h)
{
	SHA256Init(&h->ctx);
}

void
tb_hash_add(struct tb_hashing *h, const void *data, size_t len)
{
	SHA256Update(&h->ctx, data, len);
}

void
tb_hash_end(struct tb_hashing *h, char out[TB_HASH_LEN + 1])
{
	(void)SHA256End(&h->ctx, out);
}
