#include "cmd/from_mail.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cmd/assign.h"
#include "cmd/cmd.h"
#include "cmd/creation.h"
#include "cmd/people.h"
#include "cmd/search.h"
#include "contact/contact.h"
#include "contact/mailbox.h"
#include "format/mail.h"

/* More than so many do not correspond with each other. */
enum { MOST = 50 };

enum role { ROLE_FROM, ROLE_TO, ROLE_CC };

/* An address of the mail, and who has it. */
struct party {
	const struct mailed *as;
	enum role role;
	const char *path;  /* borrowed from the book; NULL: nobody has it */
	const char *other; /* who has it, too */
	const char *namesake; /* the only one of that name who has no address */
	size_t namesakes;
};

struct letter {
	struct mail mail;
	VEC(struct party) parties; /* those in To and Cc are left out where they are a crowd */
	bool crowd;
	bool mine;                 /* I wrote it */
	struct text me;            /* path of the contact that is me, or empty */
};

/* ---- reading ---- */

static bool read_chunk(struct buf *out, int *error)
{
	enum { STEP = 1 << 16 };
	ssize_t n;

	do
		n = read(STDIN_FILENO, buf_room(out, STEP), STEP);
	while (n < 0 && errno == EINTR);
	*error = n < 0 ? errno : 0;
	buf_set_len(out, out->n + (n > 0 ? (size_t)n : 0));
	return n > 0;
}

/*
 * The headers, or what of them there is in a megabyte. The rest is taken in and forgotten, as
 * whoever hands us a mail may count it as lost when we do not.
 */
static int read_headers(struct app *app, struct buf *out)
{
	enum { ENOUGH = 1 << 20 };
	struct buf rest = BUF_INIT;
	struct fault f = FAULT_INIT;
	int error = 0;

	if (isatty(STDIN_FILENO))
		return app_usage(app, "--from-mail reads a mail from stdin");
	while (out->n < ENOUGH && !mail_is_whole(buf_text(out)) && read_chunk(out, &error))
		;
	while (!error && read_chunk(&rest, &error))
		buf_clear(&rest);
	buf_release(&rest);
	errno = error;
	return error ? (fault_errno(&f, "cannot read stdin"), app_fault(app, &f)) : 0;
}

static void add_parties(struct letter *l, const struct mailed_list *list, enum role role)
{
	for (size_t i = 0; i < list->n; i++) {
		bool there = false;
		for (size_t k = 0; k < l->parties.n && !there; k++)
			there = text_same(l->parties.at[k].as->address, list->at[i].address);
		if (!there)
			vec_push(&l->parties, ((struct party){ .as = &list->at[i], .role = role }));
	}
}

static int read_letter(struct app *app, struct letter *l)
{
	struct buf bytes = BUF_INIT;
	int rc = read_headers(app, &bytes);

	mail_read(&l->mail, buf_text(&bytes));
	buf_release(&bytes);
	if (rc)
		return rc;
	if (!l->mail.from.n)
		return app_usage(app, "stdin is no mail: nobody is in its From");
	l->crowd = l->mail.from.n + l->mail.to.n + l->mail.cc.n > MOST;
	if (l->mail.from.n <= MOST)
		add_parties(l, &l->mail.from, ROLE_FROM);
	if (!l->crowd) {
		add_parties(l, &l->mail.to, ROLE_TO);
		add_parties(l, &l->mail.cc, ROLE_CC);
	}
	return 0;
}

/* ---- who they are ---- */

/* Which of the parties somebody is, and of which they only have the name, and no address. */
struct hits {
	VEC(size_t) list;
	VEC(size_t) named;
};

static bool has_address(const struct contact *c, struct text address)
{
	struct contact_field field;
	size_t at = 0;
	bool has = false;

	while (!has && contact_next(c, TEXT("email"), &at, &field)) {
		struct buf name = BUF_INIT;
		struct text own = field.value;
		mailbox_read(field.value, &name, &own);
		has = text_same_when_folded(own, address);
		buf_release(&name);
	}
	return has;
}

static bool is_named(const struct contact *c, const struct mailed *as)
{
	return as->name.n && !contact_get(c, TEXT("email")).n &&
	       text_same_when_folded(contact_get(c, TEXT("name")), as->name);
}

static void *find_hits(void *ctx, const char *path, struct text id, const struct contact *c)
{
	const struct letter *l = ctx;
	struct hits *hits = NULL;

	(void)path;
	(void)id;
	for (size_t i = 0; c && i < l->parties.n; i++) {
		const struct mailed *as = l->parties.at[i].as;
		bool has = has_address(c, as->address);
		if (!has && !is_named(c, as))
			continue;
		if (!hits)
			hits = mem_alloc(sizeof *hits);
		if (has)
			vec_push(&hits->list, i);
		else
			vec_push(&hits->named, i);
	}
	return hits;
}

static void take_hits(struct letter *l, struct hits *hits, const char *path)
{
	for (size_t i = 0; hits && i < hits->list.n; i++) {
		struct party *p = &l->parties.at[hits->list.at[i]];
		if (p->path)
			p->other = path;
		else
			p->path = path;
	}
	for (size_t i = 0; hits && i < hits->named.n; i++) {
		struct party *p = &l->parties.at[hits->named.at[i]];
		p->namesake = p->namesakes++ ? NULL : path;
	}
	if (hits) {
		vec_release(&hits->list);
		vec_release(&hits->named);
	}
	mem_free(hits);
}

static bool is_me(const struct letter *l, const struct party *p)
{
	return p->path && text_equal(text_of(p->path), l->me);
}

static int find_parties(struct app *app, struct letter *l)
{
	struct fault f = FAULT_INIT;
	struct search s;
	const char *me = NULL;

	int rc = search_run(app, &s, 0, NULL, find_hits, l);
	for (size_t i = 0; i < s.n; i++)
		take_hits(l, s.found[i]->data, s.found[i]->path);
	search_release(&s);
	if (!rc && app->book.config.me.n &&
	    book_id_owner(&app->book, app->book.config.me, NULL, &me, &f) < 0)
		rc = app_fault(app, &f);
	l->me = text_of(me);
	for (size_t i = 0; i < l->parties.n; i++) {
		const struct party *p = &l->parties.at[i];
		l->mine = l->mine || (p->role == ROLE_FROM && is_me(l, p));
	}
	return rc;
}

/* Why there is no correspondence in it; NULL: there may be. */
static const char *why_not(const struct letter *l)
{
	if (!l->mine && l->mail.origin == MAIL_OF_LIST)
		return "it went to a mailing list";
	if (!l->mine && l->mail.origin == MAIL_OF_PROGRAM)
		return "a program wrote it";
	if (l->mine ? l->crowd : l->mail.from.n > MOST)
		return "it is to or from more than 50";
	return NULL;
}

/* ---- whom it is logged for ---- */

/* The name of the header, if there is something to be seen in it. */
static struct text name_of(const struct mailed *as)
{
	struct buf folded = BUF_INIT;

	text_fold(as->name, &folded);
	bool visible = text_trim(buf_text(&folded)).n;
	buf_release(&folded);
	return visible ? as->name : as->address;
}

static int create(struct app *app, struct party *p)
{
	struct assigns values = ASSIGNS_INIT;
	struct buf email = BUF_INIT;
	struct fault f = FAULT_INIT;

	buf_add_str(&email, "email=");
	buf_add_text(&email, p->as->address);
	int rc = assign_read(&values, email.at, app->today, &f) < 0 ? app_fault(app, &f) : 0;
	if (!rc)
		rc = creation_person(app, name_of(p->as), &values, &p->path);
	assign_release(&values);
	buf_release(&email);
	return rc;
}

static int add_email(struct contact *c, void *ctx, struct fault *f)
{
	const struct party *p = ctx;

	return contact_add(c, TEXT("email"), p->as->address, f);
}

/* Somebody met, and not written to before, gets the address. */
static int find_or_create(struct app *app, struct party *p)
{
	struct buf what = BUF_INIT;

	if (p->path)
		return 0;
	if (!p->namesake)
		return create(app, p);
	p->path = p->namesake;
	buf_add_fmt(&what, "email %.*s", TEXT_FMT(p->as->address));
	int rc = app_change(app, p->path, add_email, p, what.at);
	buf_release(&what);
	return rc;
}

/* Does the mail make the party somebody that one corresponds with? */
static bool is_chosen(const struct letter *l, const struct party *p)
{
	if (is_me(l, p) || (p->role == ROLE_FROM) == l->mine)
		return false;
	return p->role != ROLE_CC || p->path;
}

static int gather(struct app *app, struct letter *l, struct people *out)
{
	for (size_t i = 0; i < l->parties.n; i++) {
		const struct party *p = &l->parties.at[i];
		if (!is_chosen(l, p) || !p->other)
			continue;
		app_say(app, "kith log: %s and %s both have the address %.*s; nothing was written",
			p->path, p->other, TEXT_FMT(p->as->address));
		return EXIT_NO;
	}
	for (size_t i = 0; i < l->parties.n; i++) {
		struct party *p = &l->parties.at[i];
		if (!is_chosen(l, p))
			continue;
		int rc = find_or_create(app, p);
		if (rc)
			return rc;
		people_add(out, p->path);
	}
	if (!out->list.n)
		app_say(app, "kith log: there is nobody in it but you; nothing was written");
	return out->list.n ? 0 : EXIT_NO;
}

/* ---- the entry ---- */

/* The day in local time; a clock that is ahead of ours cannot have known. */
static struct date day_of(const struct mail *m, struct date today)
{
	enum { DAY = 24 * 60 * 60 };

	if (!m->dated)
		return today;
	int64_t local = m->time + date_zone(m->time) * 60;
	struct date day = date_from_days((long)(local / DAY - (local % DAY < 0)));
	return date_cmp(day, today) > 0 ? today : day;
}

/* Is a word's first character next, so that '@' would be a mark? */
static bool at_word(const struct buf *b)
{
	return !b->n || strchr(" ([\"'`", b->at[b->n - 1]);
}

/* At the start of a word, of an event or a topic; #1 is a number. */
static bool is_sign(struct text t, size_t i)
{
	return t.at[i] == '@' ||
	       (t.at[i] == '#' && i + 1 < t.n && !char_is_digit(t.at[i + 1]));
}

/* The thanks of who wrote to me are not mine. */
static void mark_theirs(struct buf *plain)
{
	struct entry e = { .kind = TEXT("mail"), .text = buf_text(plain) };
	struct buf theirs = BUF_INIT;

	if (!entry_says_thanks(&e))
		return;
	buf_add_fmt(&theirs, "they: %s", plain->at);
	buf_release(plain);
	*plain = theirs;
}

/* The subject, in which no sign means anything to us: somebody else may have written it. */
static void add_subject(struct text subject, bool mine, struct buf *out)
{
	struct buf plain = BUF_INIT;

	for (size_t i = 0; i < subject.n; i++) {
		char c = subject.at[i], before = plain.n ? plain.at[plain.n - 1] : ' ';
		if ((is_sign(subject, i) && at_word(&plain)) || (c == '[' && before == '['))
			continue;
		if (c == '>' && before == '-') {
			buf_set_len(&plain, plain.n - 1);
			buf_add_str(&plain, "\xe2\x86\x92");
		} else {
			buf_add_char(&plain, c);
		}
	}
	if (!mine)
		mark_theirs(&plain);
	struct text text = text_trim(buf_text(&plain));
	entry_format_log(TEXT_NONE, TEXT("mail"), text.n ? text : TEXT("(no subject)"), out);
	buf_release(&plain);
}

struct share {
	const struct kinds *kinds;
	struct date date;
	struct text bare;  /* the entry without links */
	struct text value; /* with them */
};

/* Nothing but links, and the blanks between them? */
static bool is_links(struct text t)
{
	for (t = text_trim(t); text_starts(t, TEXT("[[")); t = text_trim(t)) {
		size_t end = text_find(t, ']');
		t = text_part(t, end + 2 <= t.n ? end + 2 : t.n, t.n);
	}
	return !t.n;
}

/* The same mail, or another of that day under the same subject, may have been logged. */
static bool is_logged(const struct contact *c, const struct share *s)
{
	struct entry e, ours;
	size_t at = 0;

	entry_parse_log(TEXT_NONE, s->bare, s->kinds, &ours);
	while (contact_next_log(c, s->kinds, &at, &e, NULL))
		if (date_cmp(e.date, s->date) == 0 && text_same(e.kind, ours.kind) &&
		    text_starts(e.text, ours.text) &&
		    is_links(text_part(e.text, ours.text.n, e.text.n)))
			return true;
	return false;
}

static int add_share(struct contact *c, void *ctx, struct fault *f)
{
	const struct share *s = ctx;

	return is_logged(c, s) ? 0 : contact_add_log(c, s->date, s->value, f);
}

static int write_all(struct app *app, const struct people *people, struct share *share)
{
	struct buf what = BUF_INIT;
	VEC(struct text) ids = VEC_INIT;
	int rc = people_check(app, people);

	buf_add_str(&what, "log ");
	date_format(share->date, &what);
	buf_add_fmt(&what, ", %.*s", TEXT_FMT(share->bare));
	for (size_t i = 0; i < people->list.n; i++)
		vec_push(&ids, contact_id_of(people->list.at[i]));
	for (size_t i = 0; i < people->list.n && !rc; i++) {
		struct buf value = BUF_INIT;
		entry_link(share->bare, ids.at, ids.n, i, &value);
		share->value = buf_text(&value);
		rc = app_change(app, people->list.at[i], add_share, share, what.at);
		buf_release(&value);
	}
	vec_release(&ids);
	buf_release(&what);
	return rc;
}

static int log_letter(struct app *app, struct letter *l)
{
	struct people people = PEOPLE_INIT;
	struct buf value = BUF_INIT;
	int rc = gather(app, l, &people);

	add_subject(mail_bare_subject(l->mail.subject), l->mine, &value);
	struct share share = { .kinds = &app->book.config.kinds,
			       .date = day_of(&l->mail, app->today),
			       .bare = buf_text(&value) };
	if (!rc)
		rc = write_all(app, &people, &share);
	people_release(&people);
	buf_release(&value);
	return rc;
}

int from_mail_log(struct app *app)
{
	struct letter l = { .mine = false };
	int rc = read_letter(app, &l);

	if (!rc)
		rc = app_lock(app); /* before looking who is there: another mail may come in */
	if (!rc)
		rc = find_parties(app, &l);
	if (!rc && why_not(&l)) {
		app_say(app, "kith log: %s; nothing was written", why_not(&l));
		rc = EXIT_NO;
	}
	if (!rc)
		rc = log_letter(app, &l);
	vec_release(&l.parties);
	mail_release(&l.mail);
	return rc;
}
