# shellcheck shell=bash
# sweep - let every system call of a command fail, or be its last, one at a time.
#
#	sweep ENOSPC check_failure -- kith set paul title=editor
#
# Before each run the book ($KITH_BOOK) is made a copy of $OLD; $NEW is made the book that the
# undisturbed command leaves. HOW is `kill` or an errno; it says which calls are worth it. Calls
# made before the book is first opened are the loader's and are left alone. After each run the
# check is called with $call and $status set and stderr in the file err; it says what is wrong, and
# fails. The sweep shows all that went wrong; $points counts the places, of which STEP=3 takes each
# third. Strace counts calls by thread.

need_strace() {
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	# A leak check is itself a tracer, and there can be only one.
	export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
}

calls_for() {
	case $1 in
	kill) echo write fsync fdatasync fchmod renameat renameat2 linkat unlinkat mkdirat ;;
	ENOSPC) echo openat write fsync fdatasync close renameat renameat2 linkat mkdirat ;;
	EIO) echo read pread64 write fsync fdatasync close fstat newfstatat statx getdents64 flock ;;
	EROFS) echo openat fchmod renameat renameat2 linkat unlinkat mkdirat ;;
	EACCES) echo openat newfstatat statx renameat renameat2 linkat unlinkat mkdirat ;;
	EINTR) echo openat read write fsync flock ;;
	esac
}

reset_book() {
	rm -rf "$KITH_BOOK"
	cp -a "$OLD" "$KITH_BOOK"
}

# run_traced OPTION... -- COMMAND...: sets $status, and writes the files trace, out and err.
run_traced() {
	local options=()
	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	shift
	status=0
	# Outside the group stands what bash says of a killed job.
	{
		strace -f -qq -o trace "${options[@]}" "$@" >out 2>err </dev/null || status=$?
	} 2>/dev/null
}

# Which of these calls are made once the book is open, and how often the first thread made them
# before.
calls_on_book() {
	awk -v book="\"$KITH_BOOK" -v calls=" $* " '
		NR == 1 { first = $1 }
		index($0, book) { open = 1 }
		{
			thread = $1
			sub(/^[0-9]+ +/, "")
			name = substr($0, 1, index($0, "(") - 1)
		}
		!index(calls, " " name " ") { next }
		open { after[name]++; next }
		thread == first { before[name]++ }
		END { for (name in after) print name, before[name] + 0 }' trace
}

sweep() {
	local how=$1 check=$2 inject=error=$1 call before n wrong=0
	shift 3
	[ "$how" != kill ] || inject=signal=KILL
	reset_book
	run_traced -- "$@"
	[ "$status" -eq 0 ] || { cat err; return 1; }
	rm -rf "$NEW"
	cp -a "$KITH_BOOK" "$NEW"
	points=0
	while read -r call before <&3; do
		for ((n = before + 1; ; n += ${STEP:-1})); do
			reset_book
			run_traced -e "trace=$call" -e "inject=$call:$inject:when=$n" -- "$@"
			grep -q INJECTED trace || [ "$status" -eq 137 ] || break
			points=$((points + 1))
			"$check" >wrong 2>&1 && continue
			wrong=$((wrong + 1))
			echo "$how at $call $((n - before)): exit status $status"
			sed 's/^/    /' wrong err
		done
	done 3< <(calls_on_book "$(calls_for "$how")")
	[ "$wrong" -eq 0 ]
}
