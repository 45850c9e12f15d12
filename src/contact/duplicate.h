#ifndef DUPLICATE_H
#define DUPLICATE_H
/*
 * duplicate - could two contacts be one person? A hint for people, never a
 * reason to merge by itself: namesakes exist, and families share phones.
 */

struct contact;

enum duplicate { DUPLICATE_NO, DUPLICATE_PHONE, DUPLICATE_NAME, DUPLICATE_EMAIL };

/*
 * The strongest sign that a and b are one: the same e-mail address, name (or nick, alias),
 * phone number.
 */
enum duplicate duplicate_compare(const struct contact *a, const struct contact *b);

/* "the same e-mail address"; for DUPLICATE_NO the empty string. */
const char *duplicate_reason(enum duplicate d);

#endif
