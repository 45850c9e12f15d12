#include "index/block.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"

enum {
	APPLICATION = 0x6b697468, /* "kith", in the header of the file */
	HEADER_READ = 72,         /* bytes of the header up to and with that */
	WAIT_MS = 250             /* for a process that writes, before doing without */
};

/* A write that a power cut tears is noticed by its checksum, or by SQLite. */
#define FAST "PRAGMA synchronous = OFF; PRAGMA cache_size = 8"
#define SPACIOUS "PRAGMA cache_size = 256"
#define TABLE "CREATE TABLE block (" \
	"id INTEGER PRIMARY KEY, seal INTEGER, checksum INTEGER, bytes BLOB)"

struct blocks {
	sqlite3 *db;
	sqlite3_stmt *get, *put;
	unsigned version;
	bool damaged; /* or of another version: to be emptied */
	int64_t seen; /* SQLite's data_version when it was opened: another's commit changes it */
	bool writing;
};

/* ---- SQLite's answers ---- */

/* Is the answer good? Remembers that it speaks of damage. */
static bool judge(struct blocks *s, int rc)
{
	int kind = rc & 0xff;

	if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_ERROR)
		s->damaged = true; /* an error in SQL: the table is not as it should be */
	return kind == SQLITE_OK || kind == SQLITE_DONE || kind == SQLITE_ROW;
}

static bool run(struct blocks *s, const char *sql)
{
	return judge(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL));
}

static bool prepare(struct blocks *s, const char *sql, sqlite3_stmt **out)
{
	return *out || judge(s, sqlite3_prepare_v2(s->db, sql, -1, out, NULL));
}

/* The first number that the statement finds. */
static bool ask(struct blocks *s, const char *sql, int64_t *out)
{
	sqlite3_stmt *statement = NULL;
	bool found = prepare(s, sql, &statement) &&
		     judge(s, sqlite3_step(statement)) && sqlite3_data_count(statement);

	if (found)
		*out = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return found;
}

/* ---- opening ---- */

/* The application's number in the header of a database; -1 in what is none. */
static int64_t mark_of(const unsigned char *head, ssize_t n)
{
	static const char magic[] = "SQLite format 3";

	if (n < HEADER_READ || memcmp(head, magic, sizeof magic))
		return -1;
	return (int64_t)head[68] << 24 | head[69] << 16 | head[70] << 8 | head[71];
}

/* Only its owner may read what is about people. */
static bool make_file(const char *path, int64_t *mark)
{
	unsigned char head[HEADER_READ];
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);

	if (fd < 0)
		return false;
	ssize_t n = pread(fd, head, sizeof head, 0);
	close(fd);
	*mark = mark_of(head, n);
	return n >= 0;
}

/* Is it as it was made: of this version, with this table? False: it can't be read. */
static bool judge_content(struct blocks *s)
{
	int64_t version, tables;

	if (!ask(s, "PRAGMA user_version", &version) ||
	    !ask(s, "SELECT count(*) FROM sqlite_schema WHERE sql = '" TABLE "'", &tables))
		return s->damaged;
	s->damaged = version != (int64_t)s->version || tables != 1;
	return true;
}

/*
 * Whose is it? Another program's is left alone, damaged too. What is no database, or an empty
 * one, is nobody's.
 */
static bool is_ours(struct blocks *s, int64_t mark)
{
	int64_t tables;

	if (mark == APPLICATION)
		return judge_content(s);
	if (mark > 0 || (mark == 0 && (!ask(s, "SELECT count(*) FROM sqlite_schema", &tables) ||
				       tables)))
		return false;
	s->damaged = true; /* new */
	return true;
}

/* -1 when it can't be told. */
static int64_t data_version(struct blocks *s)
{
	int64_t version;

	return ask(s, "PRAGMA data_version", &version) ? version : -1;
}

struct blocks *blocks_open(const char *folder, const char *name, unsigned version)
{
	struct blocks *s = mem_alloc(sizeof *s);
	struct buf path = BUF_INIT;
	int64_t mark;
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;

	s->version = version;
	buf_add_fmt(&path, "%s/%s", folder, name);
	bool open = make_file(path.at, &mark) &&
		    judge(s, sqlite3_open_v2(path.at, &s->db, flags, NULL));
	buf_release(&path);
	if (open)
		sqlite3_busy_timeout(s->db, WAIT_MS);
	if (open && is_ours(s, mark)) {
		sqlite3_exec(s->db, FAST, NULL, NULL, NULL);
		s->seen = data_version(s);
		return s;
	}
	blocks_close(s);
	return NULL;
}

void blocks_close(struct blocks *s)
{
	if (!s)
		return;
	sqlite3_finalize(s->get);
	sqlite3_finalize(s->put);
	sqlite3_close(s->db); /* which rolls back */
	mem_free(s);
}

bool blocks_damaged(const struct blocks *s)
{
	return s->damaged;
}

/* ---- reading ---- */

static uint64_t checksum(int64_t id, uint64_t seal, struct text bytes)
{
	return hash_bytes(bytes, seal ^ (uint64_t)id);
}

/* The bytes of the row that was found. */
static bool read_row(struct blocks *s, int64_t id, uint64_t seal, struct text *out)
{
	struct text bytes = { sqlite3_column_blob(s->get, 2),
			      (size_t)sqlite3_column_bytes(s->get, 2) };

	if ((uint64_t)sqlite3_column_int64(s->get, 0) != seal)
		return false;
	*out = bytes.n ? bytes : TEXT_NONE;
	if ((uint64_t)sqlite3_column_int64(s->get, 1) != checksum(id, seal, *out))
		s->damaged = true;
	return !s->damaged;
}

bool blocks_lend(struct blocks *s, int64_t id, uint64_t seal,
		 void (*use)(void *ctx, struct text bytes), void *ctx)
{
	struct text bytes;

	if (s->damaged ||
	    !prepare(s, "SELECT seal, checksum, bytes FROM block WHERE id = ?", &s->get))
		return false;
	sqlite3_bind_int64(s->get, 1, id);
	int rc = sqlite3_step(s->get);
	bool got = judge(s, rc) && rc == SQLITE_ROW && read_row(s, id, seal, &bytes);
	if (got)
		use(ctx, bytes);
	sqlite3_reset(s->get);
	return got;
}

static void copy(void *ctx, struct text bytes)
{
	buf_add_text(ctx, bytes);
}

bool blocks_get(struct blocks *s, int64_t id, uint64_t seal, struct buf *out)
{
	return blocks_lend(s, id, seal, copy, out);
}

void blocks_let_go(struct blocks *s)
{
	sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL); /* BEGIN may have failed */
}

bool blocks_hold(struct blocks *s)
{
	int64_t version;

	if (run(s, "BEGIN") && ask(s, "PRAGMA user_version", &version)) /* which takes the lock */
		return true;
	blocks_let_go(s);
	return false;
}

/* ---- writing ---- */

/* Take everything out of the file, whatever state it is in. */
static bool empty(struct blocks *s)
{
	struct buf sql = BUF_INIT;

	sqlite3_finalize(s->get);
	sqlite3_finalize(s->put);
	s->get = s->put = NULL;
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_RESET_DATABASE, 1, (int *)NULL);
	int rc = sqlite3_exec(s->db, FAST "; PRAGMA page_size = 16384; VACUUM",
			      NULL, NULL, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_RESET_DATABASE, 0, (int *)NULL);
	buf_add_fmt(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %u;"
		    TABLE, APPLICATION, s->version);
	s->damaged = !(rc == SQLITE_OK && run(s, sql.at));
	buf_release(&sql);
	return !s->damaged;
}

/* What was bad may have been made anew by another process since. */
static bool is_still_bad(struct blocks *s)
{
	s->damaged = false;
	int64_t version = data_version(s);
	if (version >= 0 && version == s->seen)
		s->damaged = true;
	else
		judge_content(s);
	s->seen = version;
	return s->damaged;
}

bool blocks_begin(struct blocks *s)
{
	if (s->damaged && is_still_bad(s) && !empty(s))
		return false;
	sqlite3_exec(s->db, SPACIOUS, NULL, NULL, NULL);
	sqlite3_busy_timeout(s->db, 0); /* who writes now writes what we would */
	s->writing = run(s, "BEGIN IMMEDIATE");
	sqlite3_busy_timeout(s->db, WAIT_MS);
	return s->writing;
}

void blocks_cancel(struct blocks *s)
{
	if (s->writing)
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	s->writing = false;
}

static bool fail(struct blocks *s)
{
	blocks_cancel(s);
	return false;
}

bool blocks_put(struct blocks *s, int64_t id, uint64_t seal, struct text bytes)
{
	if (!s->writing ||
	    !prepare(s, "INSERT OR REPLACE INTO block VALUES (?, ?, ?, ?)", &s->put))
		return fail(s);
	sqlite3_bind_int64(s->put, 1, id);
	sqlite3_bind_int64(s->put, 2, (int64_t)seal);
	sqlite3_bind_int64(s->put, 3, (int64_t)checksum(id, seal, bytes));
	sqlite3_bind_blob64(s->put, 4, bytes.at, bytes.n, SQLITE_STATIC);
	bool done = judge(s, sqlite3_step(s->put));
	sqlite3_reset(s->put);
	return done || fail(s);
}

bool blocks_drop(struct blocks *s, int64_t from, int64_t to)
{
	struct buf sql = BUF_INIT;

	buf_add_fmt(&sql, "DELETE FROM block WHERE id >= %lld AND id < %lld", (long long)from,
		    (long long)to);
	bool done = s->writing && run(s, sql.at);
	buf_release(&sql);
	return done || fail(s);
}

bool blocks_commit(struct blocks *s)
{
	if (!s->writing || !run(s, "COMMIT"))
		return fail(s);
	s->writing = false;
	return true;
}
