#ifndef FROM_MAIL_H
#define FROM_MAIL_H
/*
 * from_mail - a mail on stdin, logged for those you exchanged it with: log --from-mail.
 */

struct app;

/*
 * Find or create them, and log the mail for each. Says on stderr what it did. Returns 0 or the
 * exit status.
 */
int from_mail_log(struct app *app);

#endif
