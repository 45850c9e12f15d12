/*
 * The laws of mail: each text is UTF-8 on one line, trimmed, without control characters; an address
 * has a name and a place; and a mail is read the same without its body, and with CRLF.
 */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "format/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct text t)
{
	struct buf shown = BUF_INIT;

	assert(text_equal(text_trim(t), t));
	assert(!text_holds(t, TEXT("  ")));
	text_visible(t, false, &shown);
	assert(text_equal(buf_text(&shown), t));
	buf_release(&shown);
}

static void check_list(const struct mailed_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct text address = list->at[i].address;
		check_text(list->at[i].name);
		check_text(address);
		assert(address.n >= 3 && address.at[0] != '@' && address.at[address.n - 1] != '@');
		assert(memchr(address.at, '@', address.n));
	}
}

static void check_same_list(const struct mailed_list *a, const struct mailed_list *b)
{
	assert(a->n == b->n);
	for (size_t i = 0; i < a->n; i++) {
		assert(text_equal(a->at[i].name, b->at[i].name));
		assert(text_equal(a->at[i].address, b->at[i].address));
	}
}

static void check_same(const struct mail *m, struct text bytes)
{
	struct mail again;

	mail_read(&again, bytes);
	check_same_list(&m->from, &again.from);
	check_same_list(&m->to, &again.to);
	check_same_list(&m->cc, &again.cc);
	assert(text_equal(m->subject, again.subject));
	assert(m->dated == again.dated && m->time == again.time && m->origin == again.origin);
	mail_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text bytes = { (const char *)data, size };
	struct buf longer = BUF_INIT;
	struct mail m;

	mail_read(&m, bytes);
	check_text(m.subject);
	check_text(mail_bare_subject(m.subject));
	check_list(&m.from);
	check_list(&m.to);
	check_list(&m.cc);
	if (mail_is_whole(bytes)) {
		buf_add_text(&longer, bytes);
		buf_add_str(&longer, "\nFrom: body@x\nSubject: body\n\n");
		check_same(&m, buf_text(&longer));
	}
	if (!memchr(data, '\r', size)) {
		buf_clear(&longer);
		for (size_t i = 0; i < size; i++) {
			buf_add_str(&longer, data[i] == '\n' ? "\r" : "");
			buf_add_char(&longer, (char)data[i]);
		}
		check_same(&m, buf_text(&longer));
	}
	mail_release(&m);
	buf_release(&longer);
	return 0;
}
