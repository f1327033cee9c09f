#include "core/tb.h"

#include "array.h"
#include "core/buf.h"
#include "core/strs.h"

char *
set_array(const struct tb_strs *list)
{
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_addc(&b, '{');
	for (size_t i = 0; i < list->n; i++) {
		tb_buf_add(&b, i > 0 ? ",\"" : "\"");
		for (const char *p = list->v[i]; *p != '\0'; p++) {
			if (*p == '"' || *p == '\\')
				tb_buf_addc(&b, '\\');
			tb_buf_addc(&b, *p);
		}
		tb_buf_addc(&b, '"');
	}
	tb_buf_addc(&b, '}');
	return tb_buf_detach(&b);
}
