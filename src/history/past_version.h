#ifndef PAST_VERSION_H
#define PAST_VERSION_H
/*
 * past_version - a contact as some commit has it.
 */
#include "base/fault.h"

struct contact;
struct past;

/*
 * Read what the blob holds, as the contact at this path; the caller releases it. A fault names the
 * path, and may as long as `p` lives.
 */
FALLIBLE int past_version_read(struct past *p, const char *blob, const char *path,
			       struct contact *out, struct fault *f);

#endif
