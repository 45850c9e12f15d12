#ifndef FAULT_H
#define FAULT_H
/*
 * fault - what went wrong, where, and in words a person can act on.
 *
 * Every fallible function returns an int (0, or the code) and takes a
 * struct fault as its last parameter, never NULL. Whoever knows the cause
 * writes it; those above pass the code on untouched, at most adding the place.
 * Only main maps codes to exit codes.
 *
 *	struct fault f = FAULT_INIT;
 *	if (file_read(dir, "ada.ini", FILE_LIMIT, &bytes, &stamp, &f) < 0)
 *		return f.code;
 */
#include <stdbool.h>

enum fault_code {
	FAULT_NONE = 0,
	FAULT_OS = -1,        /* a system call failed; the errno text is in msg */
	FAULT_NOTFOUND = -2,  /* no such contact, field or file */
	FAULT_EXISTS = -3,    /* the name is taken */
	FAULT_AMBIGUOUS = -4, /* more than one contact answers to the name */
	FAULT_SYNTAX = -5,    /* a file does not parse; line and column are set */
	FAULT_INVALID = -6,   /* it parses, but breaks a rule */
	FAULT_CONFLICT = -7,  /* somebody else changed it meanwhile */
	FAULT_LOCKED = -8,    /* another process holds the book */
	FAULT_USAGE = -9      /* the command line asks for something impossible */
};

struct fault {
	enum fault_code code;
	const char *path;   /* borrowed; must outlive the fault. NULL: about no file */
	unsigned line, col; /* 1-based, in lines and bytes; 0: not about a place */
	char msg[320];      /* lower case, no newline, no full stop, no program name */
};
#define FAULT_INIT { FAULT_NONE, 0, 0, 0, "" }

/* In front of a prototype whose result must be looked at. */
#define FALLIBLE __attribute__((warn_unused_result))

/* Set code and message, clear the place. A message too long is cut at a character, with "...". */
int fault_set(struct fault *f, enum fault_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with FAULT_OS and ": " and the text of errno behind the message. */
int fault_errno(struct fault *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Name the place; an earlier path or line is kept. Returns the fault's code. */
int fault_at(struct fault *f, const char *path, unsigned line, unsigned col);

#endif
