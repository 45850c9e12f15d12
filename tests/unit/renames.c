#include "unit.h"

#include "history/renames.h"
#include "past_scene.h"

/* "ana.ini > work/ruiz.ini\n" for each, in the order of the new names. */
static int tell_renames(void *ctx, const struct past_commit *c, struct fault *f)
{
	struct scene *s = ((void **)ctx)[0];
	struct buf *out = ((void **)ctx)[1];
	struct renames list = RENAMES_INIT;

	if (renames_in(s->past, c->files, c->n_files, &list, f) < 0)
		return f->code;
	for (size_t i = 0; i < c->n_files; i++) {
		const struct past_file *to = &c->files[i], *from = renames_from(&list, to);
		if (!from)
			continue;
		assert_ptr_equal(renames_to(&list, from), to);
		buf_add_fmt(out, "%s > %s\n", from->path, to->path);
	}
	for (size_t i = 0; i < c->n_files; i++)
		if (c->files[i].status == 'D' && !renames_to(&list, &c->files[i]))
			buf_add_fmt(out, "%s > \n", c->files[i].path);
	renames_release(&list);
	return 0;
}

static void expect_renames(struct scene *s, const char *want)
{
	struct buf out = BUF_INIT;
	struct fault f = FAULT_INIT;
	char *head = GIT_SAYS(s, "rev-parse", "HEAD");
	void *ctx[] = { s, &out };

	if (past_show(s->past, head, tell_renames, ctx, &f) < 0)
		fail_msg("%s", f.msg);
	assert_string_equal(out.at, want);
	mem_free(head);
	buf_release(&out);
}

static void test_renames__are_by_uid_id_or_alias(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "uid = 1\n");
	folder_put(s.root, "bob.ini", "name = Bob\n");
	folder_put(s.root, "cy.ini", "name = Cy\n");
	folder_put(s.root, "dee.ini", "name = Dee\n");
	folder_put(s.root, "eve.ini", "name = Eve\nuid = 5\n");
	commit(&s, "begin");
	expect_renames(&s, "");
	GIT(&s, "rm", "-q", "-r", ".");
	folder_put(s.root, "ruiz.ini", "uid = 1\n");
	folder_put(s.root, "work/bob.ini", "name = Robert\nuid = 7\n");
	folder_put(s.root, "cyril.ini", "name = Cyril\nalias = somebody\nalias = CY\n");
	folder_put(s.root, "other.ini", "name = Dee\n");
	folder_put(s.root, "work/eve.ini", "name = Eve\nuid = 6\n");
	commit(&s, "rename");
	expect_renames(&s, "cy.ini > cyril.ini\nana.ini > ruiz.ini\nbob.ini > work/bob.ini\n"
		       "dee.ini > \neve.ini > \n");
	scene_end(&s);
}

static void test_renames__have_one_heir_each(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "uid = 1\n");
	folder_put(s.root, "home/ana.ini", "uid = 2\n");
	commit(&s, "begin");
	GIT(&s, "rm", "-q", "-r", ".");
	folder_put(s.root, "a.ini", "uid = 1\n");
	folder_put(s.root, "b.ini", "uid = 1\n");
	folder_put(s.root, "c.ini", "alias = ana\n");
	commit(&s, "rename");
	expect_renames(&s, "ana.ini > a.ini\nhome/ana.ini > c.ini\n");
	scene_end(&s);
}
