#include "unit.h"

#include "base/buf.h"
#include "format/mail.h"

static void check_text(struct text got, const char *want)
{
	if (!text_equal(got, text_of(want)))
		fail_msg("'%.*s', wanted '%s'", TEXT_FMT(got), want);
}

/* The list as "Name <address>; <address>", so that a case is a line. */
static void check_list(const struct mailed_list *list, const char *want)
{
	struct buf got = BUF_INIT;

	for (size_t i = 0; i < list->n; i++)
		buf_add_fmt(&got, "%s%.*s%s<%.*s>", i ? "; " : "", TEXT_FMT(list->at[i].name),
			    list->at[i].name.n ? " " : "", TEXT_FMT(list->at[i].address));
	assert_string_equal(got.at, want);
	buf_release(&got);
}

static void check_to(const char *value, const char *want)
{
	struct buf bytes = BUF_INIT;
	struct mail m;

	buf_add_fmt(&bytes, "To: %s\n\nbody", value);
	mail_read(&m, buf_text(&bytes));
	check_list(&m.to, want);
	mail_release(&m);
	buf_release(&bytes);
}

static void check_subject(struct text bytes, const char *want)
{
	struct mail m;

	mail_read(&m, bytes);
	check_text(m.subject, want);
	mail_release(&m);
}

static void test_mail__reads_the_headers(void **state)
{
	struct mail m;

	mail_read(&m, TEXT("Received: from x by y;\n\tSat, 21 Nov 2026 09:00:00 +0000\n"
			   "From: Paul Novak <paul@novak.example>\n"
			   "TO: ana@ruiz.example, Tom <tom@weld.example>\n"
			   "cc: Glynis <g@jordan.example>\n"
			   "Subject : the lighthouse\n"
			   "Date: Sat, 21 Nov 2026 09:30:00 +0100\n"
			   "\n"
			   "Subject: another\nFrom: nobody@x\n"));
	check_list(&m.from, "Paul Novak <paul@novak.example>");
	check_list(&m.to, "<ana@ruiz.example>; Tom <tom@weld.example>");
	check_list(&m.cc, "Glynis <g@jordan.example>");
	check_text(m.subject, "the lighthouse");
	assert_true(m.dated);
	assert_int_equal(m.time, 1795249800);
	assert_int_equal(m.origin, MAIL_PERSONAL);
	mail_release(&m);
}

static void test_mail__reads_crlf_an_mbox_and_no_body_at_all(void **state)
{
	check_subject(TEXT("Subject: a\r\n b\r\n\r\nSubject: c\r\n"), "a b");
	check_subject(TEXT("From paul@x Sat Nov 21 09:30:00 2026\nSubject: a\n\nx"), "a");
	check_subject(TEXT(">From paul@x Sat Nov 21 09:30:00 2026\nSubject: a\n\nx"), "a");
	check_subject(TEXT("Subject: a"), "a");
	check_subject(TEXT("Subject: a\n"), "a");
	check_subject(TEXT("Subject:a"), "a");
	check_subject(TEXT("\nSubject: a\n"), "");
}

static void test_mail__unfolds_a_header(void **state)
{
	check_subject(TEXT("Subject: one\n two\n\tthree\n \n four\nTo: x\n"), "one two three four");
	check_subject(TEXT("Subject:\n one\n"), "one");
	check_subject(TEXT("Subject: =?utf-8?Q?Zo=C3?=\r\n =?utf-8?Q?=AB?=\r\n"), "Zo\xc3\xab");
	check_subject(TEXT(" folded: into nothing\nSubject: a\n"), "a");
}

static void test_mail__takes_the_first_subject_that_says_anything(void **state)
{
	check_subject(TEXT("Subject: \nSubject: a\nSubject: b\n"), "a");
	check_subject(TEXT("no header\nX-Subject: b\nSubject a\n: c\nSubject: d\n"), "d");
}

static void test_mail__makes_one_clean_line_of_a_text(void **state)
{
	check_subject(TEXT("Subject:  a \t b\x01\x7f" "c \x1b[1m\n"), "a b c [1m");
	check_subject(TEXT("Subject: a\0b\r c\n"), "a b c");
	check_subject(TEXT("Subject: =?utf-8?Q?a=0Ab=0D=0A=C2=85c?=\n"), "a b c");
	check_subject(TEXT("Subject: \xe2\x80\xaetxt\xe2\x80\xac.exe\n"), "txt.exe");
	check_subject(TEXT("Subject: caf\xe9\n"), "caf\xc3\xa9");
	check_subject(TEXT("Subject: \xff\xfe\x80\n"), "\xc3\xbf\xc3\xbe\xef\xbf\xbd");
}

static void test_mail__reads_lists_of_addresses(void **state)
{
	static const struct { const char *value, *want; } cases[] = {
		{ "", "" },
		{ "a@x", "<a@x>" },
		{ " <a@x> ", "<a@x>" },
		{ "Paul <a@x>, Tom<b@y>", "Paul <a@x>; Tom <b@y>" },
		{ "\"Novak, Paul\" <a@x>,b@y", "Novak, Paul <a@x>; <b@y>" },
		{ "\"A \\\"B\\\" \\\\ <c@z>\" <a@x>", "A \"B\" \\ <c@z> <a@x>" },
		{ "J. R. Novak <a@x>", "J. R. Novak <a@x>" },
		{ "Paul \"Pip\" Novak <a@x>", "Paul Pip Novak <a@x>" },
		{ "a@x (Paul Novak)", "Paul Novak <a@x>" },
		{ "<a@x> (Paul (Pip) Novak)", "Paul (Pip) Novak <a@x>" },
		{ "Paul (at home, or not) <a@x>", "Paul <a@x>" },
		{ "(a, b) a@x (c\\) , d), b@y", "c) , d <a@x>; <b@y>" },
		{ "Friends: Paul <a@x>, b@y; Tom <c@z>", "Paul <a@x>; <b@y>; Tom <c@z>" },
		{ "undisclosed-recipients:;", "" },
		{ "\"Friends, all\":a@x;", "<a@x>" },
		{ "<@relay.example,@two.example:a@x>, b@y", "<a@x>; <b@y>" },
		{ "\"a b\"@x, \"c@d\"@y", "<\"a b\"@x>; <\"c@d\"@y>" },
		{ "<\"a, b\"@x>", "<\"a, b\"@x>" },
		{ "a@[192.0.2.1]", "<a@[192.0.2.1]>" },
		{ "J\xc3\xb3zef <j\xc3\xb3zef@x>", "J\xc3\xb3zef <j\xc3\xb3zef@x>" },
		{ "=?utf-8?Q?Novak=2C_Zo=C3=AB?= <a@x>", "Novak, Zo\xc3\xab <a@x>" },
		{ "\"=?utf-8?Q?Zo=C3=AB?=\" <a@x>", "Zo\xc3\xab <a@x>" },
		{ "a@x (=?iso-8859-1?Q?Zo=EB?=)", "Zo\xc3\xab <a@x>" },
		{ "=?utf-8?Q?=3Cevil=40y=3E=2C?= <a@x>", "<evil@y>, <a@x>" },
		/* not as they should be, but in use */
		{ "Paul paul@x", "Paul <paul@x>" },
		{ "mailto:a@x", "<a@x>" },
		{ "'Paul Novak' <a@x>", "Paul Novak <a@x>" },
		{ "'a@x' <A@X>", "<A@X>" },
		{ "\"a@x\" <a@x>", "<a@x>" },
		{ "Paul <a@x, Tom <b@y>", "Paul <a@x>; Tom <b@y>" },
		{ ",, a@x ,;, b@y,", "<a@x>; <b@y>" },
		{ "Paul <a@x", "Paul <a@x>" },
		{ "(Paul a@x", "" },
		{ "\"Paul <a@x>", "" },
		/* no addresses */
		{ "Paul, Tom <>, @x, a@, a@b@c, <a b@x>, <\"a@x>", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check_to(cases[i].value, cases[i].want);
}

static void test_mail__gathers_headers_that_stand_there_twice(void **state)
{
	struct mail m;

	mail_read(&m, TEXT("To: a@x\nTo: b@x\nCc: c@x\nFrom: d@x, e@x\nCC: f@x\n"));
	check_list(&m.to, "<a@x>; <b@x>");
	check_list(&m.cc, "<c@x>; <f@x>");
	check_list(&m.from, "<d@x>; <e@x>");
	mail_release(&m);
}

static void test_mail__reads_dates_of_old_and_of_now(void **state)
{
	static const struct { const char *value; int64_t want; } cases[] = {
		{ "Sat, 21 Nov 2026 09:30:00 +0100", 1795249800 },
		{ "21 Nov 2026 08:30:00 +0000", 1795249800 },
		{ "21 Nov 2026 08:30 Z", 1795249800 },
		{ " sat , 21 november 2026 08 : 30 : 00 GMT", 1795249800 },
		{ "Sat, 21 Nov 2026 03:30:00 EST", 1795249800 },
		{ "Sat, 21 Nov 2026 00:30:00 PST (Pacific (Standard) Time)", 1795249800 },
		{ "(x)Sat(y), 21 (z) Nov 2026 18:00:00 +0930", 1795249800 },
		{ "Sat, 21 Nov 2026 08:30:00 -0000", 1795249800 },
		{ "Sat, 21 Nov 2026 08:30:00", 1795249800 },
		{ "Sat, 21 Nov 2026 08:30:00 XYZ", 1795249800 },
		{ "Sat, 21 Nov 2026 08:30:00 A", 1795249800 },
		{ "Sat, 21 Nov 2026 08:30:00 +0160", 1795249800 },
		{ "Sat, 21 Nov 2026 08:30:00 +99999", 1795249800 },
		{ "21 Nov 26 08:30:00 UT", 1795249800 },
		{ "Thu, 01 Jan 70 00:00:00 GMT", 0 },
		{ "Wed, 31 Dec 1969 23:59:59 GMT", -1 },
		{ "31 Dec 99 23:59:60 GMT", 946684800 },
		{ "1 Jan 100 00:00:00 GMT", 946684800 },
		{ "29 Feb 2024 00:00:00 GMT", 1709164800 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t got = 42;
		if (!mail_read_date(text_of(cases[i].value), &got))
			fail_msg("'%s' is refused", cases[i].value);
		if (got != cases[i].want)
			fail_msg("'%s' is %lld", cases[i].value, (long long)got);
	}
}

static void test_mail__refuses_times_that_never_are(void **state)
{
	static const char *const cases[] = {
		"", "yesterday", "Sat,", "2026-11-21", "21 Nov", "21 Nov 2026", "21 Nov 2026 8",
		"21 Nov 2026 24:00:00 +0000", "21 Nov 2026 08:60:00 +0000", "21 Nov 2026 08:30:61 +0000",
		"0 Nov 2026 08:30:00 +0000", "31 Nov 2026 08:30:00 +0000", "29 Feb 2026 08:30:00 +0000",
		"21 Nox 2026 08:30:00 +0000", "21 No 2026 08:30:00 +0000", "21 Nov 0000 08:30:00 +0000",
		"21 Nov 20266 08:30:00 +0000", "-1 Nov 2026 08:30:00 +0000", "((((", "\"21\" Nov 2026 08:30",
		"99999999999999999999 Nov 2026 08:30:00 +0000",
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t got = 42;
		if (mail_read_date(text_of(cases[i]), &got))
			fail_msg("'%s' reads as %lld", cases[i], (long long)got);
		assert_int_equal(got, 42);
	}
}

static void test_mail__takes_the_first_date_that_can_be_read(void **state)
{
	struct mail m;

	mail_read(&m, TEXT("Date: now\nDate: 1 Jan 1970 00:00:01 GMT\nDate: 1 Jan 2000 00:00 GMT\n"));
	assert_true(m.dated);
	assert_int_equal(m.time, 1);
	mail_release(&m);
	mail_read(&m, TEXT("Date: now\n"));
	assert_false(m.dated);
	mail_release(&m);
}

static void test_mail__tells_who_wrote(void **state)
{
	static const struct { const char *headers; enum mail_origin want; } cases[] = {
		{ "From: a@x\n", MAIL_PERSONAL },
		{ "From: a@x\nAuto-Submitted: no\nReturn-Path: <a@x>\nPrecedence: normal\n", MAIL_PERSONAL },
		{ "Content-Type: multipart/mixed; boundary=report\n", MAIL_PERSONAL },
		{ "X-List-Id: x\n", MAIL_PERSONAL },
		{ "From: noreplying@x\n", MAIL_PERSONAL },
		{ "List-Id: <friends.x>\n", MAIL_OF_LIST },
		{ "list-unsubscribe: <mailto:x>\n", MAIL_OF_LIST },
		{ "Precedence: Bulk\n", MAIL_OF_LIST },
		{ "Auto-Submitted: auto-replied (vacation)\n", MAIL_OF_PROGRAM },
		{ "Precedence: auto_reply\n", MAIL_OF_PROGRAM },
		{ "Return-Path: <>\nList-Id: x\n", MAIL_OF_PROGRAM },
		{ "Return-Path:\n <>\n", MAIL_OF_PROGRAM },
		{ "Content-Type: Multipart/Report; report-type=delivery-status\n", MAIL_OF_PROGRAM },
		{ "From: Mail System <MAILER-DAEMON@x>\n", MAIL_OF_PROGRAM },
		{ "From: no-reply@x\n", MAIL_OF_PROGRAM },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct mail m;
		mail_read(&m, text_of(cases[i].headers));
		if (m.origin != cases[i].want)
			fail_msg("%s: %d", cases[i].headers, (int)m.origin);
		mail_release(&m);
	}
}

static void test_mail__takes_the_marks_of_answers_off_a_subject(void **state)
{
	static const struct { const char *subject, *want; } cases[] = {
		{ "", "" },
		{ "the lighthouse", "the lighthouse" },
		{ "Re: the lighthouse", "the lighthouse" },
		{ "RE: re : Re[2]: AW: Antw: Sv:the lighthouse", "the lighthouse" },
		{ "Re:", "" },
		{ "Fwd: Re: menu", "Fwd: Re: menu" },
		{ "Re: Fwd: menu", "Fwd: menu" },
		{ "Re", "Re" },
		{ "Re[2", "Re[2" },
		{ "Re[2]", "Re[2]" },
		{ "Reading: a list", "Reading: a list" },
		{ "Re the lighthouse: open?", "Re the lighthouse: open?" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check_text(mail_bare_subject(text_of(cases[i].subject)), cases[i].want);
}

static void test_mail__knows_when_the_headers_are_whole(void **state)
{
	static const char *const whole[] = { "a: b\n\n", "a: b\r\n\r\n", "a: b\n\nbody", "a: b\n\r\n" };
	static const char *const more[] = { "", "a", "a: b\n", "a: b\r\n", "a: b\r\n\r", "a: b\n c\n \n" };

	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		assert_true(mail_is_whole(text_of(whole[i])));
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
		assert_false(mail_is_whole(text_of(more[i])));
}

/* Each of these makes a reader that goes back take hours. */
static void test_mail__is_quick_with_a_header_of_a_megabyte(void **state)
{
	static const char *const pieces[] = { "a@x,", "<@a,", "((", ")", "\"", "\\", "<", "< ", "a:", " ",
					      "()", "a@x ", "'", "\n ", "=?a?q?" };

	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct buf bytes = BUF_INIT;
		struct mail m;
		for (int header = 0; header < 3; header++) {
			size_t end = bytes.n + 1000000;
			buf_add_str(&bytes, (const char *[]){ "To: ", "\nDate: ", "\nSubject: Re[" }[header]);
			while (bytes.n < end)
				buf_add_str(&bytes, pieces[i]);
		}
		mail_read(&m, buf_text(&bytes));
		mail_bare_subject(m.subject);
		mail_release(&m);
		buf_release(&bytes);
	}
}
