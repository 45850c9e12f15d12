#include "unit.h"

#include "folder.h"

#include "book/book.h"
#include "book/check.h"
#include "contact/contact.h"

static const struct date today = { 2026, 11, 18 };

/* Everything that is found in the book at root, a line each: "path:line:col grade what". */
static void check(const char *root, struct buf *out)
{
	struct findings list = FINDINGS_INIT;
	struct fault f = FAULT_INIT;
	struct book b;

	assert_int_equal(book_open(&b, root, &f), 0);
	assert_int_equal(check_book(&b, today, &list, &f), 0);
	for (size_t i = 0; i < list.n; i++)
		buf_add_fmt(out, "%s:%u:%u %c %s\n", list.at[i].path, list.at[i].line,
			    list.at[i].col, "DWP"[list.at[i].grade], list.at[i].what);
	findings_release(&list);
	book_close(&b);
}

/* What check finds in one file of this text; NULL: nothing. */
static void expect_found(const char *text, const char *want)
{
	char *root = folder_make();
	struct buf found = BUF_INIT;

	folder_put(root, "ada.ini", text);
	check(root, &found);
	if (want)
		assert_string_equal(found.at, want);
	else
		assert_string_equal(found.at, "");
	buf_release(&found);
	folder_remove(root);
}

static void test_check__finds_nothing_in_a_sound_contact(void **state)
{
	expect_found("# a comment\n[contact]\nname = Ada\nnick = A\nalias = countess\n"
		     "email = ada@x.example\nemail.work = A B <a.b@x.example>\n"
		     "email = ädä@ü.example\n"
		     "phone.cell = +1 813 555 0142\naddress = Road 1\n  Town\nbirthday = --10-31\n"
		     "date.wedding = 1835-07\ntags = a, b\nvia = Charles Babbage\n"
		     "knows.friend = Mary\nevery = 3w..2m\nsnooze = 2026-12-01\n"
		     "door = closed until 2027-03-01 a move\nneeds = time until 2026-12-24\n"
		     "note = one\n  two\nown.key = anything\nown.key = again\nempty =\n"
		     "uid = 1\n[log]\n2026-11-18 = @fair met: x\n[todo]\n"
		     "2027-01-01 = they: y\n", NULL);
}

static void test_check__finds_what_is_damaged(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "name = Ada\njunk here\n[broken\n",
		  "ada.ini:2:1 D neither a key, a comment nor a section; put # before it, or write "
		  "'key = value'\n"
		  "ada.ini:3:1 D neither a key, a comment nor a section; put # before it, or write "
		  "'key = value'\n" },
		{ "", "ada.ini:1:1 D nothing in it: damaged? restore it, or remove the file\n" },
		{ " \n\n",
		  "ada.ini:1:1 D nothing in it: damaged? restore it, or remove the file\n" },
		{ "name = Ada\nnote = caf\xe9\n",
		  "ada.ini:2:11 D not UTF-8 here; convert the file, as with iconv -f LATIN1 -t "
		  "UTF-8\n" },
		{ "\xff\xfen",
		  "ada.ini:1:1 D no text (UTF-16 or binary); convert it, as with iconv -f UTF-16 "
		  "-t UTF-8\n" },
		{ "name = Ada\n<<<<<<< a\nphone = 1\n=======\nphone = 2\n>>>>>>> b\n",
		  "ada.ini:2:1 D an unresolved conflict; keep what is right of both sides and "
		  "remove the lines <<<<<<<, ======= and >>>>>>>\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		expect_found(cases[i].text, cases[i].want);
}

static void test_check__does_not_drown_in_junk(void **state)
{
	struct findings list = FINDINGS_INIT;
	struct buf text = BUF_INIT;
	struct contact c;

	for (int i = 0; i < 1000; i++)
		buf_add_str(&text, "junk\n");
	size_t n = text.n;
	contact_read(&c, "ada.ini", buf_take(&text), n);
	check_damage(&c, &list);
	assert_int_equal(list.n, 11);
	assert_string_equal(list.at[10].what,
			    "990 more lines are neither keys, comments nor sections");
	contact_release(&c);
	findings_release(&list);
}

#define NO_MAILBOX "is not one plain e-mail address; mail programs do not get it"

static void test_check__judges_each_line_by_its_kind(void **state)
{
	static const struct {
		const char *line, *want; /* of line 2, or NULL */
	} cases[] = {
		{ "email = ada", ":9 P 'ada' " NO_MAILBOX },
		{ "email = @x", ":9 P '@x' " NO_MAILBOX },
		{ "email = a@", ":9 P 'a@' " NO_MAILBOX },
		{ "email = a@b@c", ":9 P 'a@b@c' " NO_MAILBOX },
		{ "email = \"a@b\"@c", ":9 P '\"a@b\"@c' " NO_MAILBOX },
		{ "email = a@b.example, c@d.example", ":9 P 'a@b.example, c@d.example' " NO_MAILBOX },
		{ "email = Ada <a@b.example> (home)", NULL },
		{ "phone = none yet", ":9 P 'none yet' is no phone number: it has no digit" },
		{ "birthday = 1990-13-01", ":12 W there is no day 1990-13-01" },
		{ "birthday = 2025-02-29", ":12 W there is no day 2025-02-29" },
		{ "birthday = 31.10.1974", ":12 W '31.10.1974' is no date; a date is written "
					   "as 1974-10-31, 1974-10, 1974 or --10-31" },
		{ "date.wedding = soon", ":16 W 'soon' is no date; a date is written as "
					 "1974-10-31, 1974-10, 1974 or --10-31" },
		{ "birthday = 31 October", ":12 W '31 October' is no date; a date is written as "
					   "1974-10-31, 1974-10, 1974 or --10-31" },
		{ "birthday = 2026-1-5", ":12 W '2026-1-5' is not written as a date; write "
					 "2026-01-05, or let 'kith check --fix' do so" },
		{ "snooze = 2026-12", ":10 W '2026-12' is no date; a date is written as "
				      "2026-11-18" },
		{ "every = often", ":9 W 'often' is no cadence; write 2w, 3m, 1y, or 3w..2m for "
				   "ideal and limit" },
		{ "door = ajar", ":8 W 'ajar' cannot be read, so the door stays closed; write "
				 "open, ask or closed, then until DATE, then a reason" },
		{ "via = nobody", ":7 W no contact 'nobody'; correct the id, or write more "
				  "than a word for somebody who is not in the book" },
		{ "via = adda", ":7 W no contact 'adda'; did you mean 'ada'?" },
		{ "via = ada", ":7 W ada via ada: nobody comes through themselves" },
		{ "via = ADA", ":7 W ada via ada: nobody comes through themselves" },
		{ "via = A. D. A.", NULL },
		{ "knows = mary, Ada", ":9 W no contact 'mary'; correct the id, or write more "
				       "than a word for somebody who is not in the book" },
		{ "knows.boss = ada", ":14 P 'ada' is this contact itself" },
		{ "note = see [[ADA]]", ":8 P 'ADA' is this contact itself" },
		{ "knows = nobody", ":9 W no contact 'nobody'; correct the id, or write "
					 "more than a word for somebody who is not in the "
					 "book" },
		{ "note = see [[nobody]]", ":8 W no contact 'nobody'; correct the id, or write "
					   "more than a word for somebody who is not in the "
					   "book" },
		{ "name = Again", ":1 W 'name' can be given once only; the one on line 1 counts" },
		{ "name.old = Again", ":1 P 'name' takes no label, so 'name.old' is another key" },
		{ "= x", ":1 W a value without a key; write one in front of it" },
		{ "[misc]", ":1 P [misc] is no section kith knows; it is kept and not used" },
		{ "org = Night Harbor\n  Press",
		  ":7 P 'org' goes on over the indented lines below; if they are keys, indent "
		  "them no deeper than this one" },
		{ "[LOG]", NULL },
		{ "email =", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf text = BUF_INIT, want = BUF_INIT;
		buf_add_fmt(&text, "name = Ada\n%s\n", cases[i].line);
		if (cases[i].want)
			buf_add_fmt(&want, "ada.ini:2%s\n", cases[i].want);
		expect_found(text.at, want.at);
		buf_release(&text);
		buf_release(&want);
	}
}

static void test_check__judges_log_and_todo(void **state)
{
	expect_found("name = Ada\n[log]\n2026-11-18 = met: today\n2026-11-19 = met: tomorrow\n"
		     "2026-02-30 = x\nyesterday = [[bo]]\n[todo]\n2030-01-01 = x\nsoon = y\n",
		     "ada.ini:4:1 P '2026-11-19' lies in the future; what is to come belongs in "
		     "[todo]\n"
		     "ada.ini:5:1 W there is no day 2026-02-30\n"
		     "ada.ini:6:1 W 'yesterday' is no date; a date is written as 2026-11-18\n"
		     "ada.ini:6:13 W no contact 'bo'; correct the id, or write more than a word "
		     "for somebody who is not in the book\n"
		     "ada.ini:9:1 W 'soon' is no date; a date is written as 2026-11-18\n");
}

static void test_check__finds_a_missing_name(void **state)
{
	expect_found("phone = 1\n", "ada.ini:1:1 P no name, so the id stands in; add 'name = '\n");
}

static void expect_book(const char *root, const char *want)
{
	struct buf found = BUF_INIT;

	check(root, &found);
	assert_string_equal(found.at, want);
	buf_release(&found);
}

static void test_check__finds_what_is_claimed_twice(void **state)
{
	char *root = folder_make();

	folder_put(root, "ada.ini", "name = Ada\nalias = cy\nalias = ada\nalias = x\nuid = 1\n");
	folder_put(root, "bo.ini", "name = Bo\nalias = X\nuid = 1\n");
	folder_put(root, "cy.ini", "name = Cy\nuid = 2\n");
	folder_put(root, "work/Bo.ini", "name = Bo\nuid = 3\n");
	expect_book(root,
		    "ada.ini:2:9 W alias 'cy' is the id of cy.ini, where references to it lead\n"
		    "ada.ini:4:9 P alias 'x' is also claimed by bo.ini\n"
		    "ada.ini:5:7 W uid is also that of bo.ini; remove it where it was copied\n"
		    "bo.ini:0:0 W id 'bo' is also that of work/Bo.ini; rename one of the files\n"
		    "bo.ini:2:9 P alias 'X' is also claimed by ada.ini\n"
		    "bo.ini:3:7 W uid is also that of ada.ini; remove it where it was copied\n"
		    "work/Bo.ini:0:0 W id 'Bo' is also that of bo.ini; rename one of the files\n");
	folder_remove(root);
}

static void test_check__names_a_circle_of_vias_once(void **state)
{
	static const struct {
		const char *ada, *bo, *cy, *want;
	} cases[] = {
		{ "via = bo", "via = cy", "", "" },
		{ "via = bo", "via = ada", "",
		  "ada.ini:2:7 W a circle: ada via bo via ada; take away the via that is wrong\n" },
		{ "via = bo", "via = cy", "via = ADA",
		  "ada.ini:2:7 W a circle: ada via bo via cy via ada; take away the via that is "
		  "wrong\n" },
		{ "via = bo", "via = cy", "via = bo",
		  "bo.ini:2:7 W a circle: bo via cy via bo; take away the via that is wrong\n" },
		{ "via = bo\nvia = cy", "via = ada", "via = ada",
		  "ada.ini:2:7 W a circle: ada via bo via ada; take away the via that is wrong\n"
		  "ada.ini:3:7 W a circle: ada via cy via ada; take away the via that is wrong\n" },
		{ "via = bo\nvia = cy", "via = cy", "", "" },
		{ "alias = Annie\nvia = bo", "via = Annie", "via = cy",
		  "ada.ini:3:7 W a circle: ada via bo via ada; take away the via that is wrong\n"
		  "cy.ini:2:7 W cy via cy: nobody comes through themselves\n" },
		{ "via = Bo from the gym", "via = a friend", "via = bo", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *const texts[] = { cases[i].ada, cases[i].bo, cases[i].cy };
		const char *const paths[] = { "ada.ini", "bo.ini", "cy.ini" };
		char *root = folder_make();
		for (int k = 0; k < 3; k++) {
			struct buf text = BUF_INIT;
			buf_add_fmt(&text, "name = X\n%s\n", texts[k]);
			folder_put(root, paths[k], text.at);
			buf_release(&text);
		}
		expect_book(root, cases[i].want);
		folder_remove(root);
	}
}

/* A thousand in a circle, each via the next; a way of ten thousand is walked in e2e. */
static void test_check__cuts_the_name_of_a_long_circle(void **state)
{
	enum { LONG = 1000 };
	char *root = folder_make();

	for (int i = 0; i < LONG; i++) {
		struct buf path = BUF_INIT, text = BUF_INIT;
		buf_add_fmt(&path, "p%03d.ini", i);
		buf_add_fmt(&text, "name = X\nvia = p%03d\n", (i + 1) % LONG);
		folder_put(root, path.at, text.at);
		buf_release(&path);
		buf_release(&text);
	}
	expect_book(root, "p000.ini:2:7 W a circle: p000 via p001 via p002 via p003 via p004 via .. "
			  "(1000 people) via p000; take away the via that is wrong\n");
	folder_remove(root);
}

static void test_check__guesses_for_the_first_hundred_ids_only(void **state)
{
	char *root = folder_make();
	struct buf text = BUF_INIT, found = BUF_INIT;
	size_t guesses = 0;

	buf_add_str(&text, "name = Ada\nalias = contact-number\n");
	for (int i = 0; i < 150; i++)
		buf_add_fmt(&text, "knows = contact-numb-%d, contact-numb-%d\n", i, i);
	folder_put(root, "ada.ini", text.at);
	check(root, &found);
	for (const char *at = found.at; (at = strstr(at, "did you mean 'contact-number'?")); at++)
		guesses++;
	assert_int_equal(guesses, 200);
	buf_release(&text);
	buf_release(&found);
	folder_remove(root);
}

static void test_check__guesses_the_same_for_each_reference_to_one_id(void **state)
{
	char *root = folder_make();

	folder_put(root, "ada.ini", "name = Ada\nvia = adda\nknows = Adda, adda\n");
	folder_put(root, "bo.ini", "name = Bo\nvia = adda\n");
	expect_book(root, "ada.ini:2:7 W no contact 'adda'; did you mean 'ada'?\n"
			  "ada.ini:3:9 W no contact 'adda'; did you mean 'ada'?\n"
			  "bo.ini:2:7 W no contact 'adda'; did you mean 'ada'?\n");
	folder_remove(root);
}

static void test_check__tells_what_could_not_be_read(void **state)
{
	char *root = folder_make(), *fifo = folder_path(root, "fifo.ini");

	assert_int_equal(mkfifo(fifo, 0600), 0);
	folder_link(root, "/etc/passwd", "out.ini");
	folder_put(root, "bo.ini", "name = Bo\nvia = fifo\n");
	expect_book(root, "fifo.ini:0:0 D is a FIFO, not a file\n"
			  "out.ini:0:0 D is a symlink to no contact of the book; kith does not "
			  "follow it, put what it leads to here\n");
	mem_free(fifo);
	folder_remove(root);
}

static void test_check__judges_the_settings(void **state)
{
	char *root = folder_make();

	folder_put(root, ".kith/config", "color = no\n[book]\nme = adda\nyou = x\n[every]\n"
		   "family = 2w\nclient = often\n[event]\nfair = 2026-04-18 Spring fair\n"
		   "ball = spring\n[kinds]\nlunch = x\n[history]\ncommit = yes\nkeep = no\n"
		   "commit = maybe\n[fun]\nx\n");
	folder_put(root, "ada.ini", "name = Ada\n");
	expect_book(root,
		    ".kith/config:1:1 P 'color' is no setting kith knows\n"
		    ".kith/config:3:6 W no contact 'adda'; did you mean 'ada'?\n"
		    ".kith/config:4:7 W you: [book] knows only 'me'\n"
		    ".kith/config:7:10 W client: no cadence; write 2w, 3m, 1y, or 3w..2m for ideal "
		    "and limit\n"
		    ".kith/config:10:8 W ball: no event; write the date first, as in 2026-04-18 "
		    "Spring fair\n"
		    ".kith/config:15:8 W keep: [history] knows only 'commit'\n"
		    ".kith/config:16:10 W commit: neither yes nor no\n"
		    ".kith/config:17:1 P [fun] is no section kith knows; it is kept and not used\n"
		    ".kith/config:18:1 D neither a key, a comment nor a section; put # before it, "
		    "or write 'key = value'\n");
	folder_remove(root);
}

static void test_check__finds_nothing_in_a_new_book(void **state)
{
	char *root = folder_make();
	struct fault f = FAULT_INIT;

	assert_int_equal(book_init(root, false, &f), 0);
	expect_book(root, "");
	folder_remove(root);
}
