#include "core/tb.h"

#include <sha2.h>

#include "core/hash.h"

void
tb_hash(const void *data, size_t len, char out[TB_HASH_LEN + 1])
{
	(void)SHA256Data(data, len, out);
}
