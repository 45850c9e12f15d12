# shellcheck shell=bash
# What tests load besides lib when the book is in a git repository:
#
#	load lib
#	load git
#
#	@test "set commits what it changed, and nothing else" {
#		repo
#		put ada.ini <<<'name = Ada'
#		commit_all
#		kith set ada phone=2
#		subjects | diff - <(printf '%s\n' 'ada: phone' 'by hand')
#		in_head ada.ini
#		clean
#	}
#
# Of the user's git settings there are none: GIT_CONFIG_GLOBAL and GIT_CONFIG_NOSYSTEM are tests/run's.
# The author and committer of all that git and kith commit here is Ada <ada@ok.example>.

# repo [OPTION...]: make the book a repository with the branch main; options are those of git init.
repo() {
	repo_at "$KITH_BOOK" "$@"
}

# repo_at DIR [OPTION...]: the same for another folder.
repo_at() {
	export GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR
	git init -q -b main "${@:2}" "$1"
	git -C "$1" config user.name Ada
	git -C "$1" config user.email ada@ok.example
}

# in_book ARGS: git, in the book's folder.
in_book() {
	git -C "$KITH_BOOK" "$@"
}

# commit_all [MESSAGE [DATE]]: everything in the book's repository, as a user would.
# shellcheck disable=SC2120 # they are given elsewhere
commit_all() {
	local top
	top=$(in_book rev-parse --show-toplevel)
	git -C "$top" add -A
	dated "${2:-2026-11-20}" git -C "$top" commit -q -m "${1:-by hand}"
}

# dated DATE COMMAND...: what it commits is of noon (UTC) of that day.
dated() {
	GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" "${@:2}"
}

# subjects [ARGS]: those of the commits, newest first; ARGS are those of git log.
subjects() {
	in_book log --format=%s "$@"
}

# told [REV]: by which command of kith the commit was made: the last line "Kith: set" without its key.
told() {
	in_book log -1 --format='%(trailers:key=Kith,valueonly,separator=%x2c)' "${1:-HEAD}"
}

# in_head FILE...: HEAD has these files of the book with the very bytes of the work tree.
in_head() {
	local file
	for file; do
		in_book cat-file blob "HEAD:./$file" | cmp - "$KITH_BOOK/$file" || return
	done
}

# head_holds FILE: the file in HEAD is exactly stdin.
head_holds() {
	diff -u --label wanted --label "HEAD:$1" - <(in_book cat-file blob "HEAD:./$1")
}

# changed_in [REV]: the files that a commit changed, one a line.
changed_in() {
	in_book diff-tree --root --no-commit-id --name-only -r "${1:-HEAD}"
}

# state: what git status has to say of the whole repository. Refreshes nothing.
state() {
	in_book --no-optional-locks status --porcelain --untracked-files=all
}

# clean: nothing is changed, staged or untracked, and the repository is whole.
clean() {
	state | diff -u --label wanted --label 'git status' /dev/null - && sound
}

# sound: the repository is whole.
sound() {
	in_book fsck --full --strict --no-progress >"$BATS_TEST_TMPDIR/fsck" 2>&1 ||
		{ cat "$BATS_TEST_TMPDIR/fsck"; return 1; }
}

# hook NAME LINE...: sh runs these lines as that hook.
hook() {
	local hooks
	hooks=$(in_book rev-parse --path-format=absolute --git-path hooks)
	mkdir -p "$hooks"
	printf '%s\n' '#!/bin/sh' "${@:2}" >"$hooks/$1"
	chmod +x "$hooks/$1"
}

# by_program: have the git program make the commits, as libgit2 runs no hooks.
by_program() {
	hook post-commit 'exit 0'
}

# saved_only ARGS: kith does it, HEAD stays, and stderr says that nothing was committed.
saved_only() {
	local head
	head=$(head_name)
	kith "$@"
	has_status 0 || return
	[ "$(head_name)" = "$head" ] || { echo 'HEAD has moved'; return 1; }
	grep -q 'not committed' "$BATS_TEST_TMPDIR/err" || { cat "$BATS_TEST_TMPDIR/err"; return 1; }
}

# not_opened: libgit2 1.5 leaks memory when it does not open a repository, which is not ours to find.
not_opened() {
	export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
}

# head_name: of the commit; or why there is none.
head_name() {
	in_book rev-parse --verify HEAD 2>&1 || true
}

# sums PATH...: all files below, with what is in them.
sums() {
	find "$@" -type f -exec cksum {} + | sort -k 3
}

# contacts: two that know each other, and two that nobody here writes to.
contacts() {
	put ada.ini <<-'EOF'
		name = Ada
		tags = friend
	EOF
	put ben.ini <<-'EOF'
		name = Ben
		tags = friend
		via = ada
	EOF
	put yan.ini <<<'name = Yan'
	put zoe.ini <<<'name = Zoe'
}

# others: what is there besides contacts, committed, and then in every state that git status knows.
others() {
	local file top
	top=$(in_book rev-parse --show-toplevel)
	for file in staged changed both gone dropped moved; do
		echo "$file" >"$top/$file.txt"
	done
	ln -s gone.txt "$top/link.txt"
	commit_all
	for file in staged changed both; do
		echo more >>"$top/$file.txt"
	done
	git -C "$top" add staged.txt both.txt
	echo "and more" >>"$top/both.txt"
	rm "$top/gone.txt"
	git -C "$top" rm -q dropped.txt
	git -C "$top" mv moved.txt there.txt
	echo new >"$top/added.txt"
	git -C "$top" add added.txt
	echo later >"$top/intended.txt"
	git -C "$top" add --intent-to-add intended.txt
	echo x >"$top/untracked.txt"
}
