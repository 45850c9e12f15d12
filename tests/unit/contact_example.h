#ifndef CONTACT_EXAMPLE_H
#define CONTACT_EXAMPLE_H
/*
 * contact_example - contacts for tests: the example of kith(5), and short ones.
 */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "contact/contact.h"

static const char paul[] =
	"# anything after # or ; at the start of a line is a comment\n"
	"[contact]\n"
	"name       = Paul Novak\n"
	"email      = paul@novak.example\n"
	"email.work = p.novak@nightharbor.example\n"
	"phone.cell = +1 813 555 0142\n"
	"org        = Night Harbor Press\n"
	"title      = horror novelist\n"
	"birthday   = --10-31\n"
	"tags       = writer, tampa\n"
	"via        = glynis-jordan\n"
	"every      = 3w\n"
	"needs      = convention contacts\n"
	"offers     = introductions to writers\n"
	"note       = Tuna on a croissant, brunch hour.\n"
	"    Daughter starts school in autumn; #1 topic is the new book.\n"
	"\n"
	"[log]\n"
	"2026-09-14 = @dunkin-main met: waiting out a storm; says he has a website\n"
	"2026-11-18 = @dunkin-main got: two business cards -> [[ana-ruiz]] [[tom-weld]]\n"
	"\n"
	"[todo]\n"
	"2026-11-25 = thank Paul for the two introductions\n"
	"2026-12-05 = they: Paul sends the convention dates\n";

/* Read a copy of the bytes; the caller releases the contact. */
static void read_bytes(struct contact *c, const char *bytes, size_t n)
{
	contact_read(c, "work/paul-novak.ini", mem_copy(bytes, n), n);
}

static void read_text(struct contact *c, const char *text)
{
	read_bytes(c, text, strlen(text));
}

/* Append a contact with this log, whose lines stand between bars. */
static void add_log(const char *lines, struct buf *out)
{
	buf_add_str(out, "[contact]\nname=A\n[log]\n");
	for (; *lines; lines++)
		buf_add_char(out, *lines == '|' ? '\n' : *lines);
	buf_add_str(out, "\n[todo]\n2026-01-03=x\n");
}

/* Read a contact with such a log. */
static void read_log(struct contact *c, const char *lines)
{
	struct buf text = BUF_INIT;

	add_log(lines, &text);
	read_bytes(c, text.at, text.n);
	buf_release(&text);
}

#endif
