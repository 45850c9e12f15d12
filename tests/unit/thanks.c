#include "unit.h"

#include "network_scene.h"

#include "base/buf.h"
#include "network/thanks.h"

/* A line of each: "paul 2026-10-19 line 3: ana tom, promised". */
static void tell(const struct network *net, struct buf *out)
{
	struct debts debts;
	struct ties ties;

	ties_find(&ties, net);
	debts_find(&debts, net, &ties);
	for (size_t i = 0; i < debts.list.n; i++) {
		const struct debt *d = &debts.list.at[i];
		buf_add_fmt(out, "%.*s ", TEXT_FMT(d->to->s.id));
		date_format(d->date, out);
		if (d->entry)
			buf_add_fmt(out, " line %u", d->entry->line);
		buf_add_char(out, ':');
		for (size_t k = 0; k < d->sent.n; k++)
			buf_add_fmt(out, " %.*s", TEXT_FMT(d->sent.at[k]->s.id));
		buf_add_str(out, d->promised ? ", promised\n" : "\n");
	}
	debts_release(&debts);
	ties_release(&ties);
}

static void expect_debts(const struct scene_file *files, const char *want)
{
	struct network *net = scene_network(files);
	struct buf got = BUF_INIT;

	tell(net, &got);
	assert_string_equal(got.at, want);
	buf_release(&got);
	network_free(net);
}

/* What is owed to Paul, whose file ends with this log. */
static void expect_owed(const char *log, const char *want)
{
	struct buf text = BUF_INIT;

	buf_add_fmt(&text, "[log]\n%s", log);
	const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-10-21 = call: x\n" },
		{ "old.ini", "[log]\n2020-01-01 = call: x\n" },
		{ "paul.ini", text.at },
		{ "shut.ini", "door = closed\n" },
		{ 0 },
	};
	expect_debts(files, want);
	buf_release(&text);
}

static void test_thanks__are_owed_for_what_one_got(void **state)
{
	expect_owed("2026-10-19 = got: two cards\n", "paul 2026-10-19 line 2:\n");
	expect_owed("2026-10-19 = got: two cards\n2026-10-20 = met: no word of it\n",
		    "paul 2026-10-19 line 2:\n");
	expect_owed("2026-10-19 = gave: two cards\n", "");
	expect_owed("2026-11-22 = got: what is to come\n", "");
}

static void test_thanks__are_settled_from_that_day_on(void **state)
{
	expect_owed("2026-10-19 = got: two cards\n2026-10-19 = gave: lunch\n", "");
	expect_owed("2026-10-19 = got: two cards\n2026-10-20 = letter: a thank-you\n", "");
	expect_owed("2026-10-19 = got: two cards\n2026-10-21 = note: done: thank Paul\n", "");
	expect_owed("2026-10-18 = gave: lunch\n2026-10-19 = got: two cards\n",
		    "paul 2026-10-19 line 3:\n");
	expect_owed("2026-10-19 = got: two cards\n2026-11-22 = gave: lunch, to come\n",
		    "paul 2026-10-19 line 2:\n");
	expect_owed("2026-10-20 = got: a third\n2026-10-01 = got: one\n2026-10-02 = gave: lunch\n"
		    "2026-10-19 = got: two\n", "paul 2026-10-19 line 2:\n");
}

static void test_thanks__are_owed_for_whom_one_was_sent(void **state)
{
	expect_owed("2026-10-19 = got: a card -> [[ana]] [[old]]\n", "paul 2026-10-19 line 2: ana\n");
	expect_owed("2026-10-19 = intro: [[ana]]\n", "paul 2026-10-19 line 2: ana\n");
	expect_owed("2026-10-19 = intro: to [[old]]\n", "");
	expect_owed("2026-10-19 = intro: [[shut]], [[nobody]] and [[paul]]\n", "");
	expect_owed("2026-10-19 = intro: [[ana]]\n2026-10-19 = gave: a book\n", "");
	expect_owed("2026-10-22 = intro: [[ana]]\n", "");
}

static void test_thanks__for_a_via_count_from_when_you_met_them(void **state)
{
	struct scene_file files[] = {
		{ "ana.ini", "via = paul\n[log]\n2026-10-21 = call: x\n" },
		{ "new.ini", "via = zed\n" },
		{ "paul.ini", "" },
		{ "zed.ini", "" },
		{ 0 },
	};

	expect_debts(files, "paul 2026-10-21: ana\nzed : new\n");
	files[2].text = "[log]\n2026-09-20 = letter: thanks for the umbrella\n";
	files[3].text = "[log]\n2020-09-20 = letter: thanks for all\n";
	expect_debts(files, "paul 2026-10-21: ana\n");
	files[2].text = "[log]\n2026-09-21 = letter: thanks for her\n";
	expect_debts(files, "");
	files[2].text = "[log]\n2026-08-20 = got: [[ana]]\n2026-08-21 = letter: thanks for her\n";
	expect_debts(files, "");
	files[2].text = "[log]\n2026-08-20 = got: [[ana]]\n";
	expect_debts(files, "paul 2026-08-20 line 2: ana\n");
}

static void test_thanks__are_owed_to_nobody_behind_a_closed_door_nor_to_oneself(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "via = closed\nvia = me\nvia = asked\n" },
		{ "asked.ini", "door = ask\n" },
		{ "closed.ini", "door = closed until 2026-11-22\n[log]\n2026-10-19 = got: x\n" },
		{ "me.ini", "[log]\n2026-10-19 = got: x\n" },
		{ "opened.ini", "door = closed until 2026-11-21\n[log]\n2026-10-19 = got: x\n" },
		{ 0 },
	};

	expect_debts(files, "opened 2026-10-19 line 3:\nasked : ana\n");
}

static void test_thanks__may_be_promised(void **state)
{
	expect_owed("2026-10-19 = got: x\n[todo]\n2026-11-25 = thank Paul\n",
		    "paul 2026-10-19 line 2:, promised\n");
	expect_owed("2026-10-19 = got: x\n[todo]\n2026-11-25 = they: a thank-you dinner\n",
		    "paul 2026-10-19 line 2:\n");
	expect_owed("[todo]\n2026-11-25 = thank Paul\n", "");
}

static void test_thanks__come_with_the_latest_first(void **state)
{
	static const struct scene_file files[] = {
		{ "a.ini", "[log]\n2026-10-19 = got: x\n2026-11-19 = got: y\n" },
		{ "b.ini", "[log]\n2026-10-20 = got: x\n" },
		{ "c.ini", "[log]\n2026-10-19 = got: x\n" },
		{ "d.ini", "via = e\n" },
		{ "e.ini", "" },
		{ 0 },
	};

	expect_debts(files, "b 2026-10-20 line 2:\na 2026-10-19 line 3:\nc 2026-10-19 line 2:\n"
			    "e : d\n");
}
