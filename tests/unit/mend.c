#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "contact/contact.h"
#include "contact/mend.h"

static void assert_mended(const char *before, const char *after, size_t n)
{
	struct contact c;

	contact_read(&c, "x.ini", mem_copy(before, strlen(before)), strlen(before));
	assert_int_equal(mend_dates(&c), n);
	assert_int_equal(contact_bytes(&c).n, strlen(after));
	assert_memory_equal(contact_bytes(&c).at, after, strlen(after));
	contact_release(&c);
}

static void test_mend__writes_loose_dates_as_iso(void **state)
{
	(void)state;
	assert_mended("[contact]\nbirthday\t=  1974/10/31\n[log]\n2026.1.5 = a\n[todo]\n20261118=b\n",
		      "[contact]\nbirthday\t=  1974-10-31\n[log]\n2026-01-05 = a\n[todo]\n2026-11-18=b\n", 3);
}

static void test_mend__leaves_all_else(void **state)
{
	static const char text[] = "name = 2026/11/18\nbirthday = 31.10.1974\nsnooze = 2026/13/01\n"
				   "; 2026/11/18 = x\n[log]\n2026-11-18 = 2026/11/18\n18/11/2026 = x\n"
				   "2026/2/30 = x\n[own]\n2026/11/18 = x\n";
	(void)state;
	assert_mended(text, text, 0);
}
