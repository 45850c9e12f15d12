#ifndef SUMMARY_H
#define SUMMARY_H
/*
 * summary - the few facts of a contact that cadence and network need, so that a whole book fits in
 * memory without its files.
 *
 * Everything hangs on the arena that summary_read is given; nothing of the contact is borrowed.
 * Log and todo are by date; what has no date that can be read is left out (check reports it).
 *
 *	struct summary s;
 *	summary_read(&s, &contact, kinds, &arena);
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "contact/cadence.h"
#include "contact/door.h"
#include "contact/entry.h"

struct contact;

/* What the network makes of a kind. */
enum deed { DEED_MEETING, /* met, call, mail, chat, letter and the book's own: together */
	    DEED_GAVE, DEED_GOT, DEED_INTRO, DEED_WON, DEED_LOST, /* encounters too */
	    DEED_NOTE /* no encounter */ };

/* A line of the log. Links are people; those who took part come first (entry_next_person). */
struct summary_entry {
	struct date date;   /* has a year; month and day may not be known */
	unsigned line;      /* in the file, from 1 */
	unsigned char deed; /* enum deed */
	bool afar;          /* a call, mail, chat or letter: you did not see each other */
	bool thanks;        /* says thanks (entry_says_thanks) or is of a kind that does */
	unsigned short n_links, n_present; /* present: the first of links, who took part */
	struct text event;  /* without the @; empty: none */
	struct text *links; /* ids as written */
};

struct summary_promise {
	struct date date;
	bool they;
	bool thanks;        /* promises thanks */
	int number;         /* what `kith done` takes: place in the file, from 1 */
	struct text event;
	struct text text;
};

/* A birthday or labelled date; label is "birthday" for the first. */
struct summary_day {
	struct text label;
	struct date date; /* may be partial */
};

/* knows.sister = maggie-jordan */
struct summary_tie {
	struct text label; /* may be empty */
	struct text id;    /* as written */
};

/* One of needs or offers. */
struct summary_phrase {
	struct text phrase;
	struct date until; /* DATE_NONE: for good */
};

#define SUMMARY_LIST(T) struct { T *at; size_t n; }

struct summary {
	const char *path;
	struct text id;    /* within path */
	struct text name;  /* display name; the id where there is none */
	struct text title, org; /* the first of each; may be empty */
	struct door door;
	struct cadence every; /* its own; ideal.n is 0 when it has none that can be read */
	struct date snooze;   /* DATE_NONE: none */
	SUMMARY_LIST(struct text) aliases;
	SUMMARY_LIST(struct text) emails;
	SUMMARY_LIST(struct text) tags;
	SUMMARY_LIST(struct text) via;  /* ids, or free text */
	SUMMARY_LIST(struct summary_tie) knows;
	SUMMARY_LIST(struct summary_day) days;
	SUMMARY_LIST(struct summary_phrase) needs, offers;
	SUMMARY_LIST(struct summary_entry) log;   /* by date, file order within a day */
	SUMMARY_LIST(struct summary_promise) todo; /* by date, file order within a day */
	/*
	 * The newest encounter that is not after `today`: kind and text, for people to read; empty
	 * without one.
	 */
	struct text last_kind, last_text;
};

/* Read the facts. Texts are copied to the arena. `today` is for last_text, and for the door. */
void summary_read(struct summary *s, const struct contact *c, const struct kinds *k,
		  struct date today, struct arena *a);

#endif
