/*
 * The order of statements: what must be before, then what is wished.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/order.h"
#include "unit.h"

static int
by_number(size_t a, size_t b, const void *arg TB_UNUSED)
{
	return a < b ? -1 : a > b;
}

/* The order as text, "!" and a loop where there is one. */
static const char *
sorted(const struct tb_order *o)
{
	static char text[80];
	size_t out[16], loop[16], nloop, n;
	size_t len = 0;

	n = tb_order_sort(o, out, by_number, NULL, loop, &nloop);
	text[0] = '\0';
	for (size_t i = 0; i < n; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%zu",
		    out[i]);
	if (nloop > 0)
		(void)snprintf(text + len, sizeof(text) - len, "!%zu", nloop);
	return text;
}

int
main(void)
{
	struct tb_order o;

	tb_order_init(&o, 0);
	TB_IS(sorted(&o), "", "nothing");
	tb_order_release(&o);

	tb_order_init(&o, 5);
	TB_IS(sorted(&o), "01234", "as wished");
	tb_order_add(&o, 4, 0, false);
	TB_IS(sorted(&o), "12340", "no more is disturbed than must be");
	tb_order_add(&o, 4, 0, false);
	tb_order_add(&o, 2, 2, false);
	TB_IS(sorted(&o), "12340", "twice is once, oneself is nobody");
	tb_order_add(&o, 0, 1, false);
	TB_IS(sorted(&o), "23401", "a chain");
	tb_order_add(&o, 1, 4, true);
	TB_IS(sorted(&o), "23!3", "a loop of three, found");
	tb_order_release(&o);
	return tb_unit_done();
}
