# kith history: what changed, by field, when and by whom.
load lib
load git

# history ARGS: run it; commits' names are made ID in what it prints.
history() {
	kith history "$@"
	sed -i -E 's/\b[0-9a-f]{40}\b/ID/; s/^([0-9-]{10}  )[0-9a-f]{7}/\1ID/' "$BATS_TEST_TMPDIR/out"
}

# Three commits by hand: Ana comes; her title and a tag; Bob comes, and she gets an encounter.
start() {
	repo
	put ana.ini <<-'EOF'
		[contact]
		name = Ana Ruiz
		title = clerk
		tags = tampa
		uid = 1
	EOF
	commit_all 'met at the fair' 2026-09-01
	sed -i 's/clerk/writer/; s/tampa/tampa, books/' "$KITH_BOOK/ana.ini"
	commit_all 'Kith-like' 2026-10-01
	printf '\n[log]\n2026-11-01 = met: lunch\n' >>"$KITH_BOOK/ana.ini"
	put work/bob.ini <<<'name = Bob'
	commit_all 'two at once' 2026-11-01
}

@test "the newest comes first, each change by its field" {
	start
	history
	expect 0 <<-'EOF'
		2026-11-01  ID  Ada
		  "two at once"
		  ana
		    log 2026-11-01  + met: lunch
		  bob  new

		2026-10-01  ID  Ada  ana
		  "Kith-like"
		  title  clerk -> writer
		  tags   + books

		2026-09-01  ID  Ada  ana  new
		  "met at the fair"
		  name   + Ana Ruiz
		  title  + clerk
		  tags   + tampa
		  uid    + 1
	EOF
	quiet
	history bob
	expect 0 <<-'EOF'
		2026-11-01  ID  Ada  bob  new
		  "two at once"
		  name  + Bob
	EOF
}

@test "what kith commits needs no words of its own" {
	start
	command kith set ana title=poet 2>/dev/null
	history ana -n 1
	expect 0 <<-'EOF'
		2026-11-21  ID  Ada  ana
		  title  writer -> poet
	EOF
}

@test "a contact is followed to the names it had" {
	start
	command kith rename ana zoe-diaz 2>/dev/null
	mkdir "$KITH_BOOK/family"
	in_book mv zoe-diaz.ini family/
	commit_all move 2026-11-22
	history zoe -1
	expect 0 <<-'EOF'
		2026-11-22  ID  Ada  zoe-diaz: moved from zoe-diaz.ini
		2026-11-21  ID  Ada  zoe-diaz: renamed from ana, alias
		2026-11-01  ID  Ada  ana: log 2026-11-01
		2026-10-01  ID  Ada  ana: title, +tags books
		2026-09-01  ID  Ada  ana: new
	EOF
	history ana -n 2
	expect 0 <<-'EOF'
		2026-11-22  ID  Ada  zoe-diaz  moved from zoe-diaz.ini
		  "move"

		2026-11-21  ID  Ada  zoe-diaz  renamed from ana
		  alias  + ana
	EOF
}

@test "who is gone goes by the id or path of then" {
	local name
	start
	rm "$KITH_BOOK/work/bob.ini"
	commit_all 'no more' 2026-11-22
	for name in bob work/bob.ini; do
		history "$name"
		expect 0 <<-'EOF'
			2026-11-22  ID  Ada  bob  removed
			  "no more"
			  name  - Bob

			2026-11-01  ID  Ada  bob  new
			  "two at once"
			  name  + Bob
		EOF
	done
	printf 'note = knows [[bob]]\n' >>"$KITH_BOOK/ana.ini"
	history bob -1 -n 1
	expect 0 <<<'2026-11-22  ID  Ada  bob: removed'
	rm "$KITH_BOOK/ana.ini"
	history ana -1 -n 1
	expect 0 <<<'2026-11-01  ID  Ada  ana: log 2026-11-01'
}

@test "as many, as far back, and only what is asked for" {
	start
	history -1
	expect 0 <<-'EOF'
		2026-11-01  ID  Ada  ana: log 2026-11-01; bob: new
		2026-10-01  ID  Ada  ana: title, +tags books
		2026-09-01  ID  Ada  ana: new
	EOF
	history --stat --max=1
	expect 0 <<<'2026-11-01  ID  Ada  ana: log 2026-11-01; bob: new'
	history --stat --since 2026-10-01
	expect 0 <<-'EOF'
		2026-11-01  ID  Ada  ana: log 2026-11-01; bob: new
		2026-10-01  ID  Ada  ana: title, +tags books
	EOF
	history -1 --since '8 weeks ago' ana
	expect 0 <<-'EOF'
		2026-11-01  ID  Ada  ana: log 2026-11-01
		2026-10-01  ID  Ada  ana: title, +tags books
	EOF
	history -k tags
	expect 0 <<-'EOF'
		2026-10-01  ID  Ada  ana
		  "Kith-like"
		  tags  + books

		2026-09-01  ID  Ada  ana  new
		  "met at the fair"
		  tags  + tampa
	EOF
	history ana -1 -k log
	expect 0 <<<'2026-11-01  ID  Ada  ana: log 2026-11-01'
	history -1 -k title -n 1
	expect 0 <<<'2026-10-01  ID  Ada  ana: title'
}

@test "JSON names the commit, who made it and each change" {
	repo
	put ana.ini <<<'name = Ana'
	GIT_AUTHOR_NAME='Zoë "Z" D' GIT_AUTHOR_EMAIL=zoe@ok.example commit_all 'a "first"' 2026-11-01
	put ana.ini <<<'name = Ana Ruiz'
	in_book add ana.ini
	GIT_AUTHOR_DATE=2026-11-02T00:30:05-0330 in_book commit -q -m $'ana: name\n\nmore\n\nKith: undo 1a2b3c4'
	history --json
	expect 0 <<-'EOF'
		[
		  {
		    "commit": "ID",
		    "date": "2026-11-02T00:30:05-03:30",
		    "author": "Ada",
		    "email": "ada@ok.example",
		    "subject": "ana: name",
		    "kith": "undo 1a2b3c4",
		    "contacts": [
		      {
		        "id": "ana",
		        "path": "ana.ini",
		        "kind": "changed",
		        "changes": [
		          {
		            "section": "contact",
		            "key": "name",
		            "kind": "set",
		            "before": "Ana",
		            "after": "Ana Ruiz"
		          }
		        ]
		      }
		    ]
		  },
		  {
		    "commit": "ID",
		    "date": "2026-11-01T12:00:00+00:00",
		    "author": "Zoë \"Z\" D",
		    "email": "zoe@ok.example",
		    "subject": "a \"first\"",
		    "kith": null,
		    "contacts": [
		      {
		        "id": "ana",
		        "path": "ana.ini",
		        "kind": "added",
		        "changes": [
		          {
		            "section": "contact",
		            "key": "name",
		            "kind": "added",
		            "after": "Ana"
		          }
		        ]
		      }
		    ]
		  }
		]
	EOF
	history --json -k phone
	expect 1 <<<'[]'
	says "no commit changed 'phone'"
}

@test "a commit of the day before midnight is of that day, wherever it was made" {
	repo
	put ana.ini <<<'name = Ana'
	in_book add ana.ini
	GIT_AUTHOR_DATE=2026-11-01T23:30:00-1100 GIT_COMMITTER_DATE=2026-11-01T23:30:00-1100 \
		in_book commit -q -m late
	put ana.ini <<<'name = Ana Ruiz'
	in_book add ana.ini
	GIT_AUTHOR_DATE=2026-11-02T00:30:00+1300 GIT_COMMITTER_DATE=2026-11-02T00:30:00+1300 \
		in_book commit -q -m early
	history -1 --since 2026-11-02
	expect 0 <<<'2026-11-02  ID  Ada  ana: name'
	history -1 --since 2026-11-01
	expect 0 <<-'EOF'
		2026-11-02  ID  Ada  ana: name
		2026-11-01  ID  Ada  ana: new
	EOF
}

@test "a merge tells what it did itself, and no more" {
	start
	in_book checkout -q -b side
	sed -i 's/writer/poet/' "$KITH_BOOK/ana.ini"
	put eve.ini <<<'name = Eve'
	commit_all there 2026-11-02
	in_book checkout -q main
	sed -i 's/tampa/miami/' "$KITH_BOOK/ana.ini"
	commit_all here 2026-11-03
	in_book merge -q --no-commit -s ours side
	put eve.ini <<<'name = Eve'
	sed -i 's/writer/poet/; s/lunch/a long lunch/' "$KITH_BOOK/ana.ini"
	commit_all merge 2026-11-04
	history -1 -n 3
	expect 0 <<-'EOF'
		2026-11-04  ID  Ada  ana: log 2026-11-01
		2026-11-03  ID  Ada  ana: -tags tampa, +tags miami
		2026-11-02  ID  Ada  ana: title; eve: new
	EOF
	history -1 -n 3 ana
	expect 0 <<-'EOF'
		2026-11-04  ID  Ada  ana: log 2026-11-01
		2026-11-03  ID  Ada  ana: -tags tampa, +tags miami
		2026-11-02  ID  Ada  ana: title
	EOF
}

@test "only the book is told of, in a repository that is larger" {
	repo_at "$BATS_TEST_TMPDIR/all"
	KITH_BOOK=$BATS_TEST_TMPDIR/all/people
	put ana.ini <<<'name = Ana'
	put .kith/config <<<'[book]'
	put notes.txt <<<'not told'
	put ../outside.ini <<<'name = Nobody'
	commit_all begin 2026-11-01
	put ../outside.ini <<<'name = Still nobody'
	commit_all other 2026-11-02
	put .kith/config <<<$'[book]\nme = ana'
	commit_all settings 2026-11-03
	history
	expect 0 <<-'EOF'
		2026-11-03  ID  Ada  .kith/config
		  "settings"
		  book.me  + ana

		2026-11-01  ID  Ada
		  "begin"
		  .kith/config  new
		  ana  new
	EOF
}

@test "very many contacts of a commit are counted" {
	local i
	repo
	for i in {1..101}; do
		put "p$i.ini" <<<"name = P $i"
	done
	commit_all many 2026-11-01
	sed -i 's/P/Q/' "$KITH_BOOK"/p*.ini
	rm "$KITH_BOOK/p7.ini"
	put new.ini <<<'name = New'
	commit_all 'many more' 2026-11-02
	history
	expect 0 <<-'EOF'
		2026-11-02  ID  Ada  1 new, 100 changed, 1 removed

		2026-11-01  ID  Ada  101 new
	EOF
	history p7 -1
	expect 0 <<-'EOF'
		2026-11-02  ID  Ada  p7: removed
		2026-11-01  ID  Ada  p7: new
	EOF
}

@test "nothing that people or files are called can do harm" {
	local name=$'new\nline \e[31m*.ini'
	repo
	put "$name" <<<$'name = \e[2J'
	put other.ini <<<'name = Other'
	GIT_AUTHOR_NAME=$'Eve\e[31m X' commit_all $'red \e[31m\e]0;title\a' 2026-11-01
	history "$name"
	expect 0 <<-'EOF'
		2026-11-01  ID  Eve\x1b[31m X  new line \x1b[31m*  new
		  "red \x1b[31m\x1b]0;title\x07"
		  name  + \x1b[2J
	EOF
}

@test "a version that is missing does not hide the others" {
	local blob
	start
	blob=$(in_book rev-parse HEAD~1:ana.ini)
	rm -f "$KITH_BOOK/.git/objects/${blob:0:2}/${blob:2}"
	history ana -1
	expect 3 <<<'2026-09-01  ID  Ada  ana: new'
	says "book/ana.ini: the repository lacks the version $blob; 'git fsck' tells more
book/ana.ini: the repository lacks the version $blob; 'git fsck' tells more"
}

@test "each commit is told before git looks for the next one" {
	local first
	start
	sed -i 's/lunch/a long lunch/' "$KITH_BOOK/ana.ini"
	commit_all more 2026-11-02
	first=$(in_book rev-parse HEAD~3)
	rm -f "$KITH_BOOK/.git/objects/${first:0:2}/${first:2}"
	history ana -1 -n 2
	expect 0 <<-'EOF'
		2026-11-02  ID  Ada  ana: log 2026-11-01
		2026-11-01  ID  Ada  ana: log 2026-11-01
	EOF
	quiet
	history ana -1
	has_status 3
	[ "$(wc -l <"$BATS_TEST_TMPDIR/out")" -eq 2 ]
	grep -q '^kith history: git log: ' "$BATS_TEST_TMPDIR/err"
}

@test "where nothing is to be told one sentence says so" {
	export GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR
	put ana.ini <<<'name = Ana'
	kith history
	expect_nothing 3
	grep -q 'no git repository' "$BATS_TEST_TMPDIR/err"
	repo
	kith history
	expect_err 1 'kith history: there is no commit yet'
	kith history ana
	expect_err 1 'kith history: there is no commit yet'
	kith history --json
	expect 1 <<<'[]'
	in_book commit -q --allow-empty -m nothing
	kith history
	expect_err 1 "no commit has anything of the book; 'kith save' makes one"
	kith history ana
	expect_err 1 "ana.ini is in no commit; 'kith save' commits it"
	kith history bob
	expect_err 1 "kith history: no contact 'bob'"
	commit_all begin 2026-11-01
	kith history --since 2026-11-02
	expect_err 1 'no commit since then'
	kith history -k phone
	expect_err 1 "no commit changed 'phone'"
}

@test "what it cannot do it refuses" {
	start
	for words in '-n 0' '-n x' '--since nonsense' '-1 --json'; do
		# shellcheck disable=SC2086
		kith history $words
		expect_nothing 2
	done
	PATH=$(dirname "$(type -P kith)") command kith history >out 2>err || status=$?
	[ "$status" -eq 3 ]
	diff err - <<<'kith history: there is no git program; install git'
}

@test "what a merge did not take is told of somebody too" {
	repo
	put ada.ini <<<'name = Ada'
	commit_all one
	in_book checkout -q -b side
	put ada.ini <<<$'name = Ada\ntitle = left behind'
	commit_all theirs
	in_book checkout -q main
	put ada.ini <<<$'name = Ada\ntitle = taken'
	commit_all ours
	in_book merge -q -s ours -m merged side
	kith history ada -k title
	has_status 0
	grep -q '+ left behind$' out
	grep -q '+ taken$' out
}
