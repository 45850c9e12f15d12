# What a search answers, and what the index is like afterwards, when a system call on the index
# fails or is the last.
# shellcheck disable=SC2030,SC2031,SC2154 # status is run_traced's, and each test's own
load ../e2e/lib
load sweep

setup_file() {
	need_strace
}

# Thirty contacts; the answer to `ask` is in the file wanted.
thirty() {
	local i
	cache=$HOME/.cache
	for i in {1..30}; do
		put "p$i.ini" <<<"title = mason$((i % 3))"
	done
	settle
	ask=(env kith list --format '{id} {title}' mason1)
	"${ask[@]}" --no-index >wanted
	[ "$(wc -l <wanted)" -eq 10 ]
}

# An index of a book that was a little different.
old_index() {
	put p1.ini <<<'title = mason1, mason2'
	put p99.ini <<<'title = mason1'
	mv book/p4.ini p4.ini
	command kith list mason1 >/dev/null
	put p1.ini <<<'title = mason1'
	rm book/p99.ini
	mv p4.ini book/p4.ini
	settle
	"${ask[@]}" --cached >out
	run -1 cmp wanted out
}

# The cache as it was before each run, or none.
reset_cache() {
	rm -rf "$cache"
	[ ! -d cache.was ] || cp -a cache.was "$cache"
}

# traced OPTION... -- COMMAND...: with an eye on the calls that are about the index alone.
traced() {
	local folder=$cache/kith/$name
	run_traced -P "$cache" -P "$cache/kith" -P "$folder" -P "$folder/index.db" \
		-P "$folder/index.db-journal" "$@"
}

# A write that fails fails in one way for SQLite, so EIO is not tried there too.
calls_for_index() {
	case $1 in
	kill) echo openat pwrite64 ftruncate fcntl unlink ;;
	ENOSPC) echo openat pwrite64 mkdir ;;
	EIO) echo openat pread64 ftruncate fcntl unlink newfstatat fstat mkdir ;;
	EROFS) echo openat ftruncate unlink mkdir ;;
	esac
}

# The answer is right, or there is none as it was killed; the next one is right, and after that
# the index is whole, and alone.
check_answer() {
	[ "$status" -eq 137 ] || { [ "$status" -eq 0 ] && diff -u wanted out && diff -u /dev/null err; } ||
		return 1
	check_next
}

check_next() {
	"${ask[@]}" >out 2>&1 || return 1
	diff -u wanted out || return 1
	put zz-not-indexed.ini <<<'title = mason1'
	"${ask[@]}" --cached >out 2>&1
	rm book/zz-not-indexed.ini
	diff -u wanted out || return 1
	diff -u <(ls -A "$cache/kith/$name") - <<<'index.db'
}

# Damage may be met so late that the next one only clears it away.
check_mended() {
	[ "$status" -eq 137 ] || check_answer || return 1
	"${ask[@]}" 2>&1 | diff -u wanted - && check_next
}

# sweep_index CHECK COMMAND...: fails in every way, at every call that is about the index.
sweep_index() {
	local check=$1 how inject call n step points=0 wrong=0
	shift
	reset_cache
	"$@" >out 2>&1
	name=$(ls "$cache/kith")
	for how in ENOSPC EIO EROFS kill; do
		inject=error=$how
		[ "$how" != kill ] || inject=signal=KILL
		for call in $(calls_for_index "$how"); do
			# Locks and looks are many and alike: one in four of them.
			[[ $call =~ ^(fcntl|newfstatat)$ ]] && step=4 || step=1
			for ((n = 1; ; n += step)); do
				reset_cache
				traced -e "trace=$call" -e "inject=$call:$inject:when=$n" -- "$@"
				grep -q INJECTED trace || [ "$status" -eq 137 ] || break
				points=$((points + 1))
				"$check" >wrong 2>&1 && continue
				wrong=$((wrong + 1))
				echo "$how at $call $n: exit status $status"
				sed 's/^/    /' wrong err
			done
		done
	done
	echo "$points points"
	[ "$points" -gt 40 ] && [ "$wrong" -eq 0 ]
}

@test "an index made anew" {
	thirty
	sweep_index check_answer "${ask[@]}"
}

@test "an index brought up to date" {
	thirty
	old_index
	mv "$cache" cache.was
	sweep_index check_answer "${ask[@]}"
}

@test "an index that is damaged" {
	thirty
	"${ask[@]}" >/dev/null
	mv "$cache" cache.was
	dd if=/dev/zero of="$(echo cache.was/kith/*/index.db)" bs=16384 seek=1 count=1 \
		conv=notrunc status=none
	sweep_index check_mended "${ask[@]}"
}

# Whether or not anything came of the index, the contact is saved.
check_saved() {
	[ "$status" -eq 137 ] || {
		[ "$status" -eq 0 ] && grep -qx 'title = mason1, once' book/p7.ini
	} || return 1
	cp seven.ini book/p7.ini
	check_next
}

@test "a contact is saved, whatever becomes of the index" {
	thirty
	old_index
	mv "$cache" cache.was
	put p7.ini <<-'EOF'
		name = Seven
		title = mason1
	EOF
	cp book/p7.ini seven.ini
	sweep_index check_saved kith set seven "title=mason1, once"
}
