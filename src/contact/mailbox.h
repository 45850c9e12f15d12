#ifndef MAILBOX_H
#define MAILBOX_H
/*
 * mailbox - one e-mail address and the name that is displayed with it, as
 * mail programs write them (RFC 5322 3.4, with the UTF-8 of RFC 6531):
 *
 *	paul@novak.example
 *	Paul Novak <paul@novak.example>
 *	"Novak, Paul" <paul@novak.example> (at home)
 *
 * An address is two dot-atoms with an '@' between; quoted local parts and domains in
 * brackets are none. Of other scripts it takes letters, marks and digits, so that no address
 * holds white space, a control character or one of <>()[]:;,"\ and it needs no quotes anywhere.
 */
#include <stdbool.h>

#include "base/text.h"

struct buf;

/*
 * Read a value that is exactly one mailbox; comments in it are passed over. Appends the name,
 * without its quotes, to `name`; *address is a part of the value. False, and neither is
 * touched, for all else: no address, or more than one.
 */
bool mailbox_read(struct text value, struct buf *name, struct text *address);

/*
 * Append `Name <address>`, the name in quotes where it must be; the address alone when there is
 * no name. Control characters, direction marks and bytes that are no UTF-8 become
 * blanks. mailbox_read reads it back.
 */
void mailbox_write(struct text name, struct text address, struct buf *out);

/*
 * Append the name for a program that puts it in quotes as it is, like mutt: also `"`, `\`, `<`
 * and `>` are blanks. May come to nothing.
 */
void mailbox_bare_name(struct text name, struct buf *out);

#endif
