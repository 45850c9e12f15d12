# What a command leaves of a book and its history when a system call of it fails, or was its last.
# shellcheck disable=SC2154 # status is run_traced's
load ../e2e/lib
load ../e2e/git
load sweep

setup_file() {
	need_strace
}

# A book with history, whose commits are made in this WAY: by the library or by the program.
old_book() {
	export OLD=$BATS_TEST_TMPDIR/old NEW=$BATS_TEST_TMPDIR/new
	repo
	put ada.ini <<-'EOF'
		# met in the rain
		[contact]
		name  = Ada
		title = horror novelist
	EOF
	put ben.ini <<<'name = Ben'
	commit_all
	[ "$1" = library ] || by_program
	kith -q set ben title=cook
	clean
	# Younger than the index no file is trusted, and both were made just now.
	settle
	in_book status --porcelain
	mv "$KITH_BOOK" "$OLD"
}

# A kill is for calls that change something on the disk: between two of them it is all the same.
# A call of close that is made to fail is not made at all, so that a pipe would never end.
calls_for() {
	case $1 in
	kill) echo openat write fsync rename renameat renameat2 link linkat unlink unlinkat mkdir \
		mkdirat ;;
	ENOSPC) echo openat write fsync rename renameat renameat2 link linkat mkdir mkdirat ;;
	EIO) echo read pread64 write fsync rename renameat2 unlink unlinkat newfstatat ;;
	EROFS) echo openat fchmod rename renameat2 link linkat unlink unlinkat mkdir mkdirat ;;
	ENOMEM) echo mmap clone3 ;;
	esac
}

# One of the two, and nothing besides.
whole() {
	cmp "$OLD/ben.ini" "$KITH_BOOK/ben.ini" || return
	cmp -s "$OLD/ada.ini" "$KITH_BOOK/ada.ini" || cmp "$NEW/ada.ini" "$KITH_BOOK/ada.ini"
}

# Done, or a message and exit status 3. A kill says nothing.
honest() {
	case $status in
	0) cmp "$NEW/ada.ini" "$KITH_BOOK/ada.ini" ;;
	3) [ -s err ] || { echo "no message"; return 1; } ;;
	137) ;;
	*) echo "an exit status of its own"; return 1 ;;
	esac
}

# The next command works, and makes up for what is lacking in history.
goes_on() {
	local head
	head=$(git -C "$OLD" rev-parse HEAD)
	command kith set ben title=editor >out 2>err.next || { cat err.next; return 1; }
	in_head ada.ini ben.ini || { cat err.next; return 1; }
	clean || return
	in_book merge-base --is-ancestor "$head" HEAD || { echo "history is not the old one"; return 1; }
	run -0 find "$KITH_BOOK" -name '*.lock' -o -name '.kith-tmp-*'
	[ -z "$output" ] || { echo "left: $output"; return 1; }
}

check_history() {
	whole && honest && sound && goes_on
}

# What is not in history was told.
check_failure() {
	if [ "$status" -eq 0 ] && ! grep -q 'not committed' err; then
		in_head ada.ini || { echo "nothing was said"; return 1; }
	fi
	check_history
}

@test "set with history: killed at every call" {
	old_book library
	sweep kill check_history -- kith set ada title=baker
	[ "$points" -gt 60 ]
}

@test "set with history: no space at every call" {
	old_book library
	STEP=2 sweep ENOSPC check_failure -- kith set ada title=baker
	[ "$points" -gt 40 ]
}

@test "set with history: other failures" {
	local how failed='' hows=(EIO EROFS ENOMEM)
	# A sanitizer ends a program that gets no memory.
	! grep -q __asan_init "$(type -P kith)" || hows=(EIO EROFS)
	old_book library
	for how in "${hows[@]}"; do
		STEP=4 sweep "$how" check_failure -- kith set ada title=baker || failed+=" $how"
	done
	[ -z "$failed" ]
}

@test "set, committed by the git program: killed, and no space" {
	local how failed=
	old_book program
	for how in kill ENOSPC; do
		STEP=10 sweep "$how" check_history -- kith set ada title=baker || failed+=" $how"
		[ "$points" -gt 10 ]
	done
	[ -z "$failed" ]
}
