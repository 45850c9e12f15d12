#ifndef PAST_CONTACT_H
#define PAST_CONTACT_H
/*
 * past_contact - somebody as of a commit: who is meant by a name, and what was known then.
 *
 *	struct past_contact then;
 *	int rc = past_contact_at(app, TEXT("paul"), "2026-01-01", &then);
 *	if (!rc) ... then.contact ...
 *	past_contact_release(&then);
 */
#include "base/buf.h"
#include "base/text.h"
#include "book/book.h"
#include "contact/contact.h"

struct app;

struct past_contact {
	struct contact contact;
	struct buf commit; /* its object name */
	const char *now;   /* path in the book of today, owned by it; NULL: it is gone */
};

/*
 * Who is called so today, as of that commit (past_commit), under whatever name; else who was
 * called so then, and answers to it no worse. Words that are somewhere in a file call nobody.
 * Returns 0 or the exit status, having said why.
 */
int past_contact_at(struct app *app, struct text name, const char *rev, struct past_contact *out);

/* How well somebody in the book of today answers to the name. */
enum book_match past_contact_match_today(struct app *app, struct text name);

/*
 * Where somebody of then is today: at the same path, else under an id that goes on with the
 * old one, else with the same uid. *path (owned by the book) is NULL when nobody is who that was.
 */
FALLIBLE int past_contact_today(struct app *app, const struct contact *then, const char **path,
				struct fault *f);

/*
 * Who is called so and was removed, as it was last: what is in HEAD and not in the book, then
 * what commits took away. Only somebody who answers to the name better than `best`. `now` tells
 * where it is, if it is there again. 0 without a contact.path: there is nobody.
 */
int past_contact_removed(struct app *app, struct text name, enum book_match best,
			 struct past_contact *out);
void past_contact_release(struct past_contact *p);

/* The name of its commit in short. Borrowed. */
struct text past_contact_commit(const struct past_contact *p);

/* What is damaged in it, on stderr. */
void past_contact_say_damage(struct app *app, const struct past_contact *p);

#endif
