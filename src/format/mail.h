#ifndef MAIL_H
#define MAIL_H
/*
 * mail - the headers of an e-mail (RFC 5322): who wrote to whom, when, and about what. The body is
 * not looked at.
 *
 * Reading never fails, whatever the bytes are; what cannot be read is left out. Texts are UTF-8 on
 * one line, without control characters and white space at their ends; all hang on the mail's arena.
 * A "From " line of an mbox in front is passed over.
 *
 *	struct mail m;
 *	mail_read(&m, bytes);
 *	for (size_t i = 0; i < m.from.n; i++) ... m.from.at[i].address
 *	mail_release(&m);
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/* Who wrote it: a person to people, a person to a list of people, or nobody. */
enum mail_origin { MAIL_PERSONAL, MAIL_OF_LIST, MAIL_OF_PROGRAM };

struct mailed {
	struct text name;    /* as displayed; empty when there is none but the address */
	struct text address; /* has one '@' outside quotes, and no blank outside them */
};

struct mailed_list {
	struct mailed *at; /* owned */
	size_t n, cap;
};

struct mail {
	struct mailed_list from, to, cc; /* as often as they stand there; groups are flat */
	struct text subject;
	bool dated;    /* there is a Date that can be read */
	int64_t time;  /* seconds since 1970 */
	enum mail_origin origin;
	struct arena arena;
};

/* Are the headers whole in these bytes, so that no more need be read? */
bool mail_is_whole(struct text bytes);

/* The bytes may go away afterwards. */
void mail_read(struct mail *m, struct text bytes);
void mail_release(struct mail *m);

/*
 * The value of a Date header: "Sat, 21 Nov 2026 09:30:00 +0100", also with the years and zones of
 * old. False, *out untouched, for a time there never is.
 */
bool mail_read_date(struct text value, int64_t *out);

/* The subject without the "Re:" of answers, in whatever language and number. */
struct text mail_bare_subject(struct text subject);

#endif
