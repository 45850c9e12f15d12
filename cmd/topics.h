#ifndef TOPICS_H
#define TOPICS_H
/*
 * topics - the texts of kith(5), what is on disk and what is printed for programs, for the table of
 * topics in topics.c. The marks in them are explained in help.h.
 */

extern const char topic_format[], topic_entries[], topic_values[], topic_book[], topic_index[],
	topic_json[], topic_replies[], topic_limits[];

#endif
