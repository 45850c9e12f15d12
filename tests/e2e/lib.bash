# shellcheck shell=bash
# What every end-to-end test loads:
#
#	load lib
#
#	@test "set keeps the comment above the field" {
#		put ada.ini <<-'EOF'
#			# best before noon
#			phone = 1
#		EOF
#		kith set ada phone=2
#		expect_nothing 0
#		holds ada.ini <<-'EOF'
#			# best before noon
#			phone = 2
#		EOF
#	}
#
# A test starts in an empty folder of its own, with an empty home and an empty book: KITH_BOOK
# names it. `kith` leaves its exit status in $status, and stdout and stderr in the files out and
# err; what it shall read is given as `kith new <<<TEXT`.

bats_require_minimum_version 1.5.0

setup() {
	export HOME=$BATS_TEST_TMPDIR/home
	export KITH_BOOK=$BATS_TEST_TMPDIR/book
	mkdir "$HOME" "$KITH_BOOK"
	printf '[user]\nname = Ada\nemail = ada@ok.example\n' >"$HOME/.gitconfig"
	cd "$BATS_TEST_TMPDIR" || return
	exec </dev/null
}

# put FILE: a file of the book, from stdin; its folders are made.
put() {
	mkdir -p "$(dirname "$KITH_BOOK/$1")"
	cat >"$KITH_BOOK/$1"
}

# kith ARGS: run it; a failure is the test's to judge. A search must say the same without the index.
kith() {
	status=0
	command kith "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
	if is_search "$@"; then
		same_without_index "$@"
	fi
}

# is_search ARGS: does the command only look for people, and not in the index alone?
is_search() {
	case " $* " in
	*' --cached '* | *' --no-index '*) return 1 ;;
	esac
	while [[ ${1:-} == -* ]]; do
		[[ $1 != --book && $1 != --color ]] || shift
		shift
	done
	[[ ${1:-} =~ ^(list|ls|find|grep|query|email|brief|today|due|dates|event|path|referrals|match|stats)$ ]]
}

same_without_index() {
	local was=$status name
	for name in out err; do
		mv "$BATS_TEST_TMPDIR/$name" "$BATS_TEST_TMPDIR/.$name"
	done
	status=0
	command kith --no-index "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
	for name in out err; do
		cmp "$BATS_TEST_TMPDIR/$name" "$BATS_TEST_TMPDIR/.$name"
		rm "$BATS_TEST_TMPDIR/.$name"
	done
	[ "$was" -eq "$status" ]
}

# settle: for two ticks of a slow clock, 20 ms, after which no file looks changed just now.
settle() {
	local from=${EPOCHREALTIME/./}
	until [ $((${EPOCHREALTIME/./} - from)) -gt 20000 ]; do
		:
	done
}

# expect STATUS: the exit status, and stdout is exactly stdin.
expect() {
	has_status "$1"
	diff -u --label wanted --label stdout - "$BATS_TEST_TMPDIR/out"
}

# expect_nothing STATUS: the exit status, and not a byte on stdout.
expect_nothing() {
	expect "$1" </dev/null
}

# expect_err STATUS TEXT: the exit status, not a byte on stdout, and stderr is exactly TEXT.
expect_err() {
	expect_nothing "$1"
	says "$2"
}

# says TEXT: stderr is exactly TEXT and a newline.
says() {
	diff -u --label wanted --label stderr <(printf '%s\n' "$1") "$BATS_TEST_TMPDIR/err"
}

# quiet: not a byte on stderr.
quiet() {
	diff -u --label wanted --label stderr /dev/null "$BATS_TEST_TMPDIR/err"
}

# holds FILE: the file of the book is exactly stdin.
holds() {
	diff -u --label wanted --label "$1" - "$KITH_BOOK/$1"
}

# gone FILE: there is nothing of that name in the book.
gone() {
	[ ! -e "$KITH_BOOK/$1" ] && [ ! -L "$KITH_BOOK/$1" ]
}

has_status() {
	[ "$status" -eq "$1" ] && return
	printf 'exit status %s, wanted %s\n' "$status" "$1"
	sed 's/^/stdout: /' "$BATS_TEST_TMPDIR/out"
	sed 's/^/stderr: /' "$BATS_TEST_TMPDIR/err"
	return 1
}
