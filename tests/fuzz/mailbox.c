/*
 * The laws of mailbox. The first line of the input is a name, the rest a value:
 * an address that was read is one word without specials; what is written is one line, and is
 * read back; a bare name between quotes is read as that name and no other address.
 */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "contact/mailbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Is it fit for a line of a screen: well-formed, no control character, no direction mark? */
static void check_shown(struct text t)
{
	struct buf shown = BUF_INIT;

	text_visible(t, false, &shown);
	assert(text_equal(buf_text(&shown), t));
	buf_release(&shown);
}

static void check_address(struct text t)
{
	size_t ats = 0;

	check_shown(t);
	for (size_t i = 0; i < t.n; i++) {
		assert(t.at[i] && !strchr(" ()<>[]:;,\"\\", t.at[i]));
		ats += t.at[i] == '@';
	}
	assert(ats == 1 && t.at[0] != '@' && t.at[t.n - 1] != '@');
}

/* The name that the text, which is one mailbox, has beside this address. */
static void read_back(struct text written, struct text address, struct buf *name)
{
	struct text found;

	assert(mailbox_read(written, name, &found));
	assert(text_equal(found, address));
}

static void check_written(struct text name, struct text address)
{
	struct buf once = BUF_INIT, twice = BUF_INIT, read = BUF_INIT;

	mailbox_write(name, address, &once);
	check_shown(buf_text(&once));
	read_back(buf_text(&once), address, &read);
	check_shown(buf_text(&read));
	assert(!text_holds(buf_text(&read), TEXT("  ")));
	mailbox_write(buf_text(&read), address, &twice);
	assert(text_equal(buf_text(&once), buf_text(&twice)));
	buf_release(&once);
	buf_release(&twice);
	buf_release(&read);
}

/* As mutt makes a mailbox of what a query gives it. */
static void check_bare(struct text name, struct text address)
{
	struct buf bare = BUF_INIT, quoted = BUF_INIT, read = BUF_INIT;

	mailbox_bare_name(name, &bare);
	check_shown(buf_text(&bare));
	for (size_t i = 0; i < bare.n; i++)
		assert(!strchr("\"\\<>", bare.at[i]));
	buf_add_fmt(&quoted, "\"%s\" <%.*s>", bare.at, TEXT_FMT(address));
	read_back(buf_text(&quoted), address, &read);
	assert(text_equal(buf_text(&read), buf_text(&bare)));
	buf_release(&bare);
	buf_release(&quoted);
	buf_release(&read);
}

static void check_value(struct text value)
{
	struct buf name = BUF_INIT;
	struct text address;

	if (mailbox_read(value, &name, &address)) {
		assert(address.at >= value.at && address.at + address.n <= value.at + value.n);
		check_address(address);
		check_shown(buf_text(&name));
		check_written(buf_text(&name), address);
		check_bare(buf_text(&name), address);
	} else {
		assert(!name.n);
	}
	buf_release(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text value = { (const char *)data, size }, name;

	if (!text_cut(&value, '\n', &name))
		return 0;
	check_written(name, TEXT("a@x.example"));
	check_bare(name, TEXT("a@x.example"));
	if (value.at)
		check_value(value);
	return 0;
}
