# What a command has told is on the disk: the power goes right after exit status 0.
# shellcheck disable=SC2030,SC2031 # KITH_BOOK is each test's own
load ../e2e/lib
load ../e2e/git
load powerloss

setup_file() {
	need_disks
	"${CC:-cc}" -shared -fPIC -O -o "$BATS_FILE_TMPDIR/power.so" "$BATS_TEST_DIRNAME/power.c"
}

teardown() {
	lose_disks
}

# lying COMMAND...: run it on a disk that lies about what it has written.
lying() {
	ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0 \
		LD_PRELOAD=$BATS_FILE_TMPDIR/power.so "$@"
}

# A book with history, whose commits are made in this WAY: by the library, by the program, or
# not at all.
book() {
	disk
	put ada.ini <<<$'name = Ada\ntags = friend'
	put ben.ini <<<$'name = Ben\ntags = friend'
	case $1 in
	none) ;;
	*)
		repo
		commit_all
		[ "$1" = library ] || by_program
		;;
	esac
	on_disk
}

# there: the disk has what kith told of, in its files and in its history, and kith goes on from there.
there() {
	diff -r -x .git told "$KITH_BOOK" || return
	[ -d "$KITH_BOOK/.git" ] || return 0
	[ "$(head_name)" = "$(cat told.head)" ] || { head_name; return 1; }
	sound_but_index || return
	kith set yan title=smith
	{ has_status 0 && in_head yan.ini && clean; } || { cat err; return 1; }
}

# All of the repository but its index, which can be made anew at any time.
sound_but_index() {
	mv "$KITH_BOOK/.git/index" index 2>/dev/null || true
	sound || return
	mv index "$KITH_BOOK/.git/index" 2>/dev/null || true
}

# powerless WAY WHEN [lying] ARGS...: kith ARGS, and then the power goes. Sets what there checks.
powerless() {
	local how=() when=$2
	book "$1"
	put yan.ini <<<'name = Yan'
	[ ! -d "$KITH_BOOK/.git" ] || commit_all yan
	on_disk
	shift 2
	if [ "$1" = lying ]; then
		how=(lying)
		shift
	fi
	"${how[@]}" env kith "$@" >out 2>err || { cat err; return 1; }
	rm -rf told
	mkdir told
	cp -r "$KITH_BOOK/." told
	rm -rf told/.git
	[ ! -d "$KITH_BOOK/.git" ] || head_name >told.head
	lose_power "$when"
}

each() {
	local when command
	for when in at_once late; do
		while read -r command; do
			# shellcheck disable=SC2086 # words
			powerless "$1" "$when" $command
			there || { echo "$when: $command"; return 1; }
		done <<-'EOF'
			set ada title=baker
			new Tom Weld
			log ada,ben call: about the convention
			tag #friend +met
			rename ada adele
			rm -f ben
		EOF
	done
}

@test "the contact is there" {
	each none
}

@test "the contact and its commit are there" {
	each library
}

@test "they are there when the git program commits" {
	each program
}

@test "an edit by hand that was saved, and what was undone and restored, is there" {
	local way command
	for way in library program; do
		for command in save undo 'restore ada name'; do
			book "$way"
			kith set ada name=Adele
			put yan.ini <<<'name = Yan'
			[ "$command" = save ] || commit_all
			on_disk
			# shellcheck disable=SC2086 # words
			kith $command
			has_status 0
			rm -rf told
			cp -r "$KITH_BOOK" told
			head_name >told.head
			lose_power late
			there || { echo "$way: $command"; return 1; }
		done
	done
}

@test "a book made by init, and the first contact in it, is there" {
	local when
	for when in at_once late; do
		disk
		rmdir "$KITH_BOOK"
		sync -f disk
		kith init "$KITH_BOOK"
		has_status 0
		kith new Yan
		has_status 0
		rm -rf told
		cp -r "$KITH_BOOK" told
		head_name >told.head
		lose_power "$when"
		there
	done
}

@test "without fsync nothing of this holds: the check sees it" {
	local way when command
	for way in none library program; do
		for when in at_once late; do
			for command in 'set ada title=baker' 'new Tom Weld'; do
				# shellcheck disable=SC2086 # words
				powerless "$way" "$when" lying $command
				run there
				[ "$status" -ne 0 ] || { echo "still there: $way $when $command"; return 1; }
			done
		done
	done
}

@test "when the power goes amid a command, at every fsync: old or new, and kith goes on" {
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
	local n
	for ((n = 1; ; n++)); do
		book library
		cp "$KITH_BOOK/ada.ini" old
		strace -f -qq -o trace -e trace=fsync,fdatasync -e inject=fsync:signal=KILL:when=$n \
			kith set ada title=baker >out 2>err && break
		lose_power late
		cmp -s old "$KITH_BOOK/ada.ini" || grep -qx 'title = baker' "$KITH_BOOK/ada.ini"
		sound_but_index || { echo "at fsync $n"; return 1; }
		kith set ben title=smith
		has_status 0
		kith save
		{ in_head ada.ini ben.ini && clean; } || { echo "at fsync $n"; cat err; return 1; }
	done
	[ "$n" -gt 4 ]
}
