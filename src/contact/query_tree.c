#include "contact/query_tree.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"

struct parser {
	struct text text;
	size_t at;
	int depth; /* of parentheses and signs */
	struct date today;
	struct arena *arena;
	struct fault *fault;
};

/* A term, its quotes taken away. */
struct term {
	size_t at, text_at; /* where it begins, where its text begins */
	char sign;          /* '#', '@', ':', '=', or 0 for a plain word */
	struct text field;
	struct buf text;
	bool quoted;        /* some of the text was */
};

static int fail(struct parser *p, size_t at, const char *message)
{
	fault_set(p->fault, FAULT_USAGE, "%s", message);
	return fault_at(p->fault, NULL, 0, (unsigned)at + 1);
}

/* ---- where the parser stands ---- */

static struct text text_ahead(const struct parser *p)
{
	return text_part(p->text, p->at, p->text.n);
}

static bool at_end(const struct parser *p)
{
	return p->at == p->text.n;
}

static bool at_char(const struct parser *p, char c)
{
	return !at_end(p) && p->text.at[p->at] == c;
}

/* Does a term end here? */
static bool at_break(const struct parser *p)
{
	return at_end(p) || char_is_space(p->text.at[p->at]) || at_char(p, '(') || at_char(p, ')');
}

static bool at_or(const struct parser *p)
{
	struct parser behind = *p;

	if (!text_starts(text_ahead(p), TEXT("OR")))
		return false;
	behind.at += 2;
	return at_break(&behind);
}

static void skip_space(struct parser *p)
{
	while (!at_end(p) && char_is_space(p->text.at[p->at]))
		p->at++;
}

/* ---- nodes ---- */

static struct query_node *new_node(struct parser *p, enum query_kind kind)
{
	struct query_node *n = arena_alloc(p->arena, sizeof *n);

	n->kind = kind;
	return n;
}

static void add_child(struct query_node *parent, struct query_node *child)
{
	*(parent->first ? &parent->last->next : &parent->first) = child;
	parent->last = child;
}

/* A list of one is its one child, a list of none is NULL. */
static struct query_node *simplify(struct query_node *list)
{
	return list->first == list->last ? list->first : list;
}

/* ---- terms ---- */

static bool begins_field(char c)
{
	char lower = char_lower(c);

	return (lower >= 'a' && lower <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_field_char(char c)
{
	return begins_field(c) || char_is_digit(c) || c == '-' || c == '_' || c == '.';
}

static void cut_field(struct parser *p, struct term *t)
{
	struct text ahead = text_ahead(p);
	size_t n = 0;

	if (!begins_field(ahead.at[0]))
		return;
	while (n < ahead.n && is_field_char(ahead.at[n]))
		n++;
	if (n == ahead.n || (ahead.at[n] != ':' && ahead.at[n] != '=') ||
	    text_starts(text_part(ahead, n, ahead.n), TEXT("://")))
		return;
	t->field = text_part(ahead, 0, n);
	t->sign = ahead.at[n];
	p->at += n + 1;
}

static int cut_quoted(struct parser *p, struct term *t)
{
	struct text inside = text_part(p->text, p->at + 1, p->text.n);
	size_t end = text_find(inside, '"');

	if (end == inside.n)
		return fail(p, p->at, "the quote that opens here is never closed");
	buf_add_text(&t->text, text_part(inside, 0, end));
	t->quoted = true;
	p->at += end + 2;
	return 0;
}

static int cut_term(struct parser *p, struct term *t)
{
	t->at = p->at;
	if (at_char(p, '#') || at_char(p, '@'))
		t->sign = p->text.at[p->at++];
	else
		cut_field(p, t);
	t->text_at = p->at;
	while (!at_break(p)) {
		if (!at_char(p, '"'))
			buf_add_char(&t->text, p->text.at[p->at++]);
		else if (cut_quoted(p, t) < 0)
			return p->fault->code;
	}
	if (t->field.n && p->at == t->text_at && at_char(p, '('))
		return fail(p, p->at, "a field takes one term; write (field:a OR field:b)");
	return 0;
}

static enum query_place place_of(struct text field)
{
	static const struct {
		const char *field;
		enum query_place place;
	} places[] = {
		{ "id", QUERY_IN_ID },     { "path", QUERY_IN_PATH },    { "log", QUERY_IN_LOG },
		{ "todo", QUERY_IN_TODO }, { "event", QUERY_IN_EVENTS }, { "kind", QUERY_IN_KINDS },
		{ "door", QUERY_IN_DOOR },
	};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (text_same(field, text_of(places[i].field)))
			return places[i].place;
	return QUERY_IN_KEYS;
}

static void set_place(struct parser *p, const struct term *t, struct query_node *n)
{
	if (t->sign == '#')
		n->place = QUERY_IN_TAGS;
	else if (t->sign == '@')
		n->place = QUERY_IN_EVENTS;
	else
		n->place = place_of(t->field);
	struct text field = text_same(t->field, TEXT("tag")) ? TEXT("tags") : t->field;
	n->field = (struct text){ arena_copy(p->arena, field), field.n };
}

static int set_needle(struct parser *p, const struct term *t, struct query_node *n)
{
	needle_init(&n->needle, buf_text(&t->text), t->quoted, p->arena);
	bool may_be_empty = t->field.n && n->test != QUERY_HOLDS;
	if (!n->needle.folded.n && !may_be_empty)
		return fail(p, t->at, "there is nothing to look for in this term");
	return 0;
}

static int make_encounter(struct parser *p, const struct term *t, struct query_node *n)
{
	n->kind = text_same(t->field, TEXT("since")) ? QUERY_SINCE : QUERY_BEFORE;
	if (date_read(buf_text(&t->text), p->today, &n->date, p->fault) < 0) {
		p->fault->code = FAULT_USAGE;
		return fault_at(p->fault, NULL, 0, (unsigned)t->text_at + 1);
	}
	return n->date.year ? 0 : fail(p, t->text_at, "this date needs a year");
}

static int make_value(struct parser *p, const struct term *t, struct query_node *n)
{
	n->kind = QUERY_VALUE;
	if (t->sign == ':')
		n->test = t->text.n ? QUERY_HOLDS : QUERY_HAS;
	else
		n->test = QUERY_IS;
	set_place(p, t, n);
	return set_needle(p, t, n);
}

static int make_word(struct parser *p, const struct term *t, struct query_node *n)
{
	n->test = QUERY_HOLDS;
	if (set_needle(p, t, n) < 0)
		return p->fault->code;
	if (!needle_is_phone(&n->needle))
		n->needle.digits = TEXT_NONE;
	return 0;
}

static int parse_term(struct parser *p, struct query_node **out)
{
	struct term t = { .text = BUF_INIT };
	int rc = cut_term(p, &t);

	*out = new_node(p, QUERY_WORD);
	if (rc < 0)
		;
	else if (text_same(t.field, TEXT("since")) || text_same(t.field, TEXT("before")))
		rc = make_encounter(p, &t, *out);
	else
		rc = t.sign ? make_value(p, &t, *out) : make_word(p, &t, *out);
	buf_release(&t.text);
	return rc;
}

/* ---- what joins terms ---- */

static int parse_any(struct parser *p, struct query_node **out);

static int parse_group(struct parser *p, struct query_node **out)
{
	size_t open = p->at++;

	if (parse_any(p, out) < 0)
		return p->fault->code;
	if (!at_char(p, ')'))
		return fail(p, open, "the parenthesis that opens here is never closed");
	p->at++;
	return *out ? 0 : fail(p, open, "there is nothing between these parentheses");
}

static int parse_one(struct parser *p, struct query_node **out);

static int parse_not(struct parser *p, struct query_node **out)
{
	struct query_node *child;
	size_t sign = p->at++;

	if (at_break(p) && !at_char(p, '('))
		return fail(p, sign, "'-' needs a term right behind it");
	if (parse_one(p, &child) < 0)
		return p->fault->code;
	*out = new_node(p, QUERY_NOT);
	add_child(*out, child);
	return 0;
}

static int parse_one(struct parser *p, struct query_node **out)
{
	enum { DEEPEST = 100 };
	int rc;

	if (p->depth > DEEPEST)
		return fail(p, p->at, "more than 100 parentheses inside each other");
	p->depth++;
	if (at_char(p, '-'))
		rc = parse_not(p, out);
	else if (at_char(p, '('))
		rc = parse_group(p, out);
	else
		rc = parse_term(p, out);
	p->depth--;
	return rc;
}

/* *out is NULL when there is no term. */
static int parse_all(struct parser *p, struct query_node **out)
{
	struct query_node *all = new_node(p, QUERY_ALL), *child;

	for (skip_space(p); !at_end(p) && !at_char(p, ')') && !at_or(p); skip_space(p)) {
		if (parse_one(p, &child) < 0)
			return p->fault->code;
		add_child(all, child);
	}
	*out = simplify(all);
	return 0;
}

/* *out is NULL when there is no term. */
static int parse_any(struct parser *p, struct query_node **out)
{
	struct query_node *any = new_node(p, QUERY_ANY), *child = NULL;
	size_t sign = 0;
	bool more = false, after;

	do {
		if (parse_all(p, &child) < 0)
			return p->fault->code;
		after = more;
		more = at_or(p);
		if (!child && (after || more))
			return fail(p, after ? sign : p->at, "OR needs a term on both sides");
		if (child)
			add_child(any, child);
		sign = p->at;
		p->at += more ? 2 : 0;
	} while (more);
	*out = simplify(any);
	return 0;
}

int query_tree_parse(struct text text, struct date today, struct arena *a, struct query_node **root,
		     struct fault *f)
{
	struct parser p = { .text = text.n ? text : TEXT_NONE, .today = today,
			    .arena = a, .fault = f };

	if (parse_any(&p, root) < 0)
		return f->code;
	return at_end(&p) ? 0 : fail(&p, p.at, "this parenthesis closes nothing");
}
