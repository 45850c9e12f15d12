# What a command leaves of a book when a system call of it fails, or was its last.
# shellcheck disable=SC2154 # call and points are the sweep's
load ../e2e/lib
load sweep

setup_file() {
	need_strace
}

old_book() {
	export OLD=$BATS_TEST_TMPDIR/old NEW=$BATS_TEST_TMPDIR/new
	put paul-novak.ini <<-'EOF'
		# met in the rain
		[contact]
		name  = Paul Novak
		phone = +1 813 555 0142
		title = horror novelist
		via   = glynis-jordan

		[log]
		2026-09-14 = met: waiting out a storm
	EOF
	put glynis-jordan.ini <<-'EOF'
		[contact]
		name = Glynis Jordan
		[log]
		2026-10-01 = intro: [[paul-novak]]
	EOF
	put family/ana.ini <<-'EOF'
		[contact]
		name = Ana
	EOF
	mv "$KITH_BOOK" "$OLD"
}

# Is the book this folder, but for the one line that is random and what a kill left?
is_book() {
	diff -r -I '^uid *=' -x '.kith-tmp-*' "$1" "$KITH_BOOK"
}

# A sum for each contact below these folders.
texts() {
	find "$@" -name '*.ini' -exec sh -c 'grep -v "^uid *=" "$1" | cksum' - {} \; | sort
}

# Each contact is whole, as the old text or the new one says, and none is lost.
whole() {
	is_book "$NEW" >/dev/null || is_book "$OLD" >/dev/null && return
	comm -23 <(texts "$KITH_BOOK") <(texts "$OLD" "$NEW" | uniq) | diff /dev/null - || {
		echo "neither old nor new"
		is_book "$OLD"
		return 1
	}
	[ "$(texts "$KITH_BOOK" | wc -l)" -ge "$(texts "$NEW" | wc -l)" ] ||
		{ echo "a contact is lost"; return 1; }
}

leftovers() {
	find "$KITH_BOOK" -name '.kith-tmp-*'
}

# After a call that failed: done, or a message and exit status 3; nothing left behind.
check_failure() {
	whole || return 1
	case $status in
	0) is_book "$NEW" || return 1 ;;
	3) [ -s err ] || { echo "no message"; return 1; } ;;
	*) echo "an exit status of its own"; return 1 ;;
	esac
	[ "$call" = unlinkat ] || [ -z "$(leftovers)" ] || { echo "left: $(leftovers)"; return 1; }
}

# After a kill: the next command works, and what the killed one left is gone.
check_kill() {
	whole || return 1
	command kith -q set glynis-jordan title=editor || return 1
	[ -z "$(leftovers)" ] || { echo "left: $(leftovers)"; return 1; }
}

# sweep_all COMMAND...: killed, and failed in every way, at every call.
sweep_all() {
	local how failed=
	old_book
	for how in ENOSPC EIO EROFS EACCES EINTR; do
		sweep "$how" check_failure -- "$@" || failed+=" $how"
		[ "$points" -gt 0 ]
	done
	sweep kill check_kill -- "$@" || failed+=" kill"
	[ "$points" -gt 2 ]
	[ -z "$failed" ]
}

@test "set: old or new, whatever fails" {
	sweep_all kith set paul-novak "title=writer of horror"
}

@test "log of two: old or new, whatever fails" {
	sweep_all kith log paul-novak,ana --on 2026-11-20 "call: about the convention"
}

@test "new: old or new, whatever fails" {
	sweep_all kith new "Tom Weld" email=tom@weld.example
}

@test "rename: old or new, whatever fails" {
	sweep_all kith rename paul-novak paul-nowak
}

@test "rm: old or new, whatever fails" {
	sweep_all kith rm -f ana
}

# The calls of one save from the temporary file on, in words.
save_order() {
	awk '
		{ sub(/^[0-9]+ +/, "") }
		/^openat.*O_CREAT/ {
			print "create", (/O_EXCL/ && /O_NOFOLLOW/ && /O_CLOEXEC/) ? "exclusive" : "carelessly"
			temp = $NF
			sub(/<.*/, "", temp)
			next
		}
		temp == "" { next }
		/^write\(2</ { print "say"; next }
		/^write/ { print "write" }
		/^fsync.*\.kith-tmp-/ { print "fsync file"; next }
		/^fsync/ { print "fsync folder" }
		/^close.*\.kith-tmp-/ { print "close" }
		/^rename/ { print "rename" }' trace | uniq
}

@test "a save is durable before it is told" {
	old_book
	reset_book
	run_traced -y -e trace=openat,write,fsync,close,rename,renameat,renameat2 -- \
		kith set paul-novak title=editor
	[ "$status" -eq 0 ]
	diff -u - <(save_order) <<-'EOF'
		create exclusive
		write
		fsync file
		close
		rename
		fsync folder
		say
	EOF
}

@test "when fsync fails the old text stays, and it is not tried again" {
	old_book
	reset_book
	run_traced -e trace=fsync -e inject=fsync:error=EIO:when=1 -- kith set paul-novak title=editor
	[ "$status" -eq 3 ]
	diff -r "$OLD" "$KITH_BOOK"
	[ "$(grep -c '^[0-9]* *fsync' trace)" -eq 1 ]
}

# fail_on PATH CALLS HOW -- COMMAND...: run it while these calls fail for this path.
fail_on() {
	local path=$1 calls=$2 how=$3
	shift 4
	run_traced -P "$path" -e "trace=$calls" -e "inject=$calls:$how" -- "$@"
	grep -q INJECTED trace
}

@test "a book that cannot be looked at is not taken for none" {
	old_book
	reset_book
	fail_on "$KITH_BOOK" newfstatat,openat error=EIO -- kith show ana
	expect_err 3 "kith show: cannot open the folder $KITH_BOOK: Input/output error"
}

@test "a folder that cannot be read is named by who looks for somebody in it" {
	old_book
	reset_book
	for command in "log ana x" "rm -f ana" "rename ana anna"; do
		# shellcheck disable=SC2086 # words
		fail_on "$KITH_BOOK/family" getdents64 error=EIO -- kith $command
		has_status 3
		grep -q "^book/family: cannot read the folder: Input/output error$" err
		diff -r "$OLD" "$KITH_BOOK"
	done
}

@test "rename: a file that may refer and cannot be read is named" {
	old_book
	reset_book
	fail_on "$KITH_BOOK/glynis-jordan.ini" read error=EIO -- kith rename paul-novak paul-nowak
	has_status 3
	grep -q "^book/glynis-jordan.ini: .*Input/output error$" err
	grep -q "some references still say 'paul-novak'; the alias answers to them$" err
}

@test "rename: where the name cannot be changed, nothing is" {
	old_book
	reset_book
	fail_on paul-novak.ini renameat2 error=EIO -- kith rename paul-novak "Paul Nowak"
	expect_err 3 "book/paul-novak.ini: nothing was changed: cannot rename to 'paul-nowak.ini': Input/output error"
	diff -r "$OLD" "$KITH_BOOK"
}

@test "rename: what could not be taken back is told" {
	old_book
	reset_book
	run_traced -e trace=renameat2,renameat -e inject=renameat2:error=EIO \
		-e inject=renameat:error=EIO:when=2+ -- kith rename paul-novak paul-nowak
	expect_err 3 "book/paul-novak.ini: cannot be renamed to 'paul-nowak.ini', and what was written for that (alias, name) could not be taken back: change it by hand"
	grep -q '^alias = paul-novak$' "$KITH_BOOK/paul-novak.ini"
}
