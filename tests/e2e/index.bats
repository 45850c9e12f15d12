# The index: it is never needed, never wrong, and never in the way.
# shellcheck disable=SC2030,SC2031 # a test's environment is its own
load lib

teardown() {
	jobs -p | xargs -r kill -CONT 2>/dev/null || true
	jobs -p | xargs -r kill 2>/dev/null || true
}

# A few people, and an index of them: all that `kith list` does from here on is compared with
# --no-index, see lib.bash.
indexed_people() {
	put ana.ini <<-'EOF'
		name = Ana Ruiz
		title = baker
		phone = +34 912 345 678
	EOF
	put paul.ini <<-'EOF'
		name = Paul Novak
		title = novelist
	EOF
	put work/zoe.ini <<-'EOF'
		name = Zoe Weld
		title = welder
	EOF
	settle
	kith list baker
	expect 0 <<<'ana  Ana Ruiz    +34 912 345 678'
	index=$(index_path)
	[ -f "$index" ]
}

index_path() {
	find "${XDG_CACHE_HOME:-$HOME/.cache}" -name index.db
}

# found WORD ID...: exactly these answer, with the index and without, and nothing is said.
found() {
	local word=$1
	shift
	kith -q list --format '{id}' "$word"
	quiet
	expect $((!$#)) < <([ $# -eq 0 ] || printf '%s\n' "$@")
}

# knows_book: there is an index, and by itself it tells the book as it is.
knows_book() {
	command kith --no-index list >wanted
	put zz-not-indexed.ini </dev/null
	command kith --cached list >known 2>&1
	rm "$KITH_BOOK/zz-not-indexed.ini"
	diff -u wanted known
}

need_strace() {
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	# A leak check is itself a tracer, and there can be only one.
	export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
}

# traced CALLS ARGS: kith without the comparison, its calls in the file trace.
traced() {
	local calls=$1
	shift
	status=0
	strace -f -qq -y -o trace -e "trace=$calls" kith "$@" >out 2>err || status=$?
}

# opens "FILE..." ARGS: such a kith opens these contacts, and no others.
opens() {
	local files=$1
	shift
	traced openat "$@"
	diff -u <([ -z "$files" ] || tr ' ' '\n' <<<"$files") \
		<(sed -n 's/.*"\([^"]*\.ini\)".*/\1/p' trace | sort -u)
}

# stopped_at N CALL OPTION... -- ARGS: kith runs until its N-th such call; false: it made fewer.
stopped_at() {
	local n=$1 call=$2 options=()
	shift 2
	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	shift
	: >trace
	strace -f -qq -o trace "${options[@]}" -e "trace=$call" \
		-e "inject=$call:signal=STOP:when=$n" kith "$@" >out 2>err &
	tracer=$!
	until grep -q 'stopped by SIGSTOP' trace; do
		kill -0 "$tracer" 2>/dev/null || grep -q 'stopped by SIGSTOP' trace || return 1
	done
}

# go_on: let it finish; $status.
go_on() {
	kill -CONT "$(sed -n 's/^\([0-9]*\) .*stopped by SIGSTOP.*/\1/p' trace)"
	status=0
	wait "$tracer" || status=$?
}

# ---- it is fresh ----

@test "a file changed in place, of the same size, with its time put back" {
	indexed_people
	touch -r book/ana.ini stamp
	sed 's/baker/juror/' book/ana.ini >new
	cat new >book/ana.ini
	touch -r stamp book/ana.ini
	found baker
	found juror ana
	knows_book
}

@test "a file that is appended to, replaced, taken away, and put there" {
	indexed_people
	echo 'note = owes a sourdough' >>book/paul.ini
	found sourdough paul
	printf 'name = Paul Novak\ntitle = sailor\n' >new
	touch -r book/paul.ini new
	mv new book/paul.ini
	found sourdough
	found sailor paul
	rm book/paul.ini
	found sailor
	put paul.ini <<<'title = sailor, again'
	put ben.ini <<<'title = sailor'
	found sailor ben paul
	knows_book
}

@test "files and folders with other names" {
	indexed_people
	mv book/ana.ini book/anna.ini
	found baker anna
	found anna anna
	mv book/work book/labour
	kith list --format '{path}' welder
	expect 0 <<<'labour/zoe.ini'
	kith list --format '{path}'
	expect 0 <<-'EOF'
		anna.ini
		paul.ini
		labour/zoe.ini
	EOF
	mv book/anna.ini kept
	mv book/paul.ini book/anna.ini
	mv kept book/paul.ini
	found baker paul
	found novelist anna
	mv book/labour away
	found welder
	mv away book/.labour
	found welder
	mv book/.labour book/labour
	found welder zoe
	knows_book
}

@test "changes in the same tick of the clock, none of which a size or an inode tells" {
	local i
	indexed_people
	for i in {10..49}; do
		printf 'title = turn%s\n' "$i" >book/ana.ini
		command kith list "turn$i" >out
		diff -u - out <<<'ana  ana'
		command kith list "turn$((i - 1))" | diff /dev/null -
	done
	found turn49 ana
}

@test "a file changed between the look at it and the reading of it" {
	local how
	need_strace
	indexed_people
	for how in 'cat new >book/ana.ini' 'mv new book/ana.ini' 'rm book/ana.ini'; do
		printf 'title = first\n' >book/ana.ini
		printf 'title = later\n' >new
		stopped_at 1 openat -P ana.ini -- list first
		eval "$how"
		go_on
		found first
		if [ -e book/ana.ini ]; then
			found later ana
		else
			found later
		fi
	done
}

@test "a file that can be read no more, or again" {
	[ "$(id -u)" -ne 0 ] || skip "root may read all"
	indexed_people
	chmod 0 book/ana.ini
	kith list --format '{id}' novelist
	expect 3 <<<'paul'
	says 'book/ana.ini: cannot open: Permission denied'
	kith list baker
	grep -qx 'book/ana.ini: cannot open: Permission denied' err
	chmod 600 book/ana.ini
	found baker ana
	chmod 0 book/work
	kith list welder
	[ ! -s out ]
	chmod 700 book/work
	found welder zoe
}

@test "only what may match is read, and what was changed" {
	need_strace
	indexed_people
	opens ana.ini list baker
	opens '' list sculptor
	touch book/paul.ini
	settle
	opens paul.ini list sculptor
	opens 'ana.ini paul.ini' list baker
	knows_book
}

# ---- --cached ----

@test "--cached answers as of the last look" {
	indexed_people
	echo 'title = boxer' >book/ana.ini
	rm book/paul.ini
	put new.ini <<<'title = baker'
	kith --cached list --format '{id} {title}'
	quiet
	expect 0 <<-'EOF'
		ana baker
		paul novelist
		zoe welder
	EOF
	kith list --cached --json novelist
	quiet
	[ "$(sed -n 's/^    "id": "\(.*\)",$/\1/p' out)" = paul ]
	kith grep --cached -a -c '^title = '
	quiet
	expect 0 <<-'EOF'
		book/ana.ini:1
		book/paul.ini:1
		book/work/zoe.ini:1
	EOF
	kith --cached show paul -k title
	quiet
	expect 0 <<<'novelist'
	kith --cached show baker -k name
	expect 0 <<<'Ana Ruiz'
	kith --cached list boxer
	expect_nothing 1
	kith --cached show new
	has_status 1
	found boxer ana
	kith --cached list --format '{id}'
	expect 0 <<-'EOF'
		ana
		new
		zoe
	EOF
}

@test "--cached opens the book and its settings, and nothing in it" {
	local command
	need_strace
	mkdir book/.kith
	: >book/.kith/config
	indexed_people
	for command in list 'list baker' 'grep -a baker' 'show ana' 'show baker' 'todo' 'list --json'; do
		# shellcheck disable=SC2086 # words
		traced file,getdents64 --cached $command
		grep -q 'config"' trace
		awk '/\.ini"/ || /getdents64\(.*\/book[\/>]/' trace | diff /dev/null -
	done
	[ "$(grep -c index.db trace)" -gt 0 ]
}

@test "--cached without an index reads the files" {
	put ana.ini <<<'title = baker'
	kith --cached list --format '{title}' baker
	quiet
	expect 0 <<<'baker'
	KITH_INDEX=never kith --cached list --format '{title}' baker
	quiet
	expect 0 <<<'baker'
	HOME='' kith --cached show ana -k title
	expect 0 <<<'baker'
}

@test "--cached tells of the damage that there was" {
	indexed_people
	printf 'name = B\xf6ll\n' >book/ana.ini
	command kith --no-index list Paul >wanted 2>said
	kith list Paul
	has_status 0
	rm book/ana.ini
	kith --cached list Paul
	has_status 0
	diff wanted out
	diff said err
	[ -s said ]
}

@test "--cached is not for who writes, nor with --no-index" {
	local command
	indexed_people
	cp -a book was
	for command in 'set ana title=x' 'unset ana title' 'log ana x' 'new Ben' 'rm -f ana' \
		'rename ana anna' 'tag ana +x' 'edit ana' 'done ana'; do
		# shellcheck disable=SC2086 # words
		kith --cached $command
		has_status 2
		says "kith ${command%% *}: 'kith ${command%% *}' has no --cached"
	done
	kith --cached todo ana tomorrow 'bring bread'
	has_status 2
	kith --cached --no-index list
	expect_err 2 'kith list: --cached is the index alone, --no-index is without it; not both'
	diff -r was book
}

# ---- the file ----

@test "the index is for its owner alone" {
	local was
	was=$(umask)
	umask 0
	indexed_people
	umask "$was"
	[ "$(find home/.cache ! -type d -printf '%m\n' | sort -u)" = 600 ]
	[ "$(find home/.cache -type d -printf '%m\n' | sort -u)" = 700 ]
}

@test "one that is lost, empty, short or no index is made anew" {
	local size
	indexed_people
	size=$(stat -c %s "$index")
	cp "$index" good
	break_index() {
		"$@"
		found baker ana
		found novelist paul
		found sculptor
		knows_book
	}
	break_index rm "$index"
	break_index truncate -s 0 "$index"
	break_index truncate -s 1 "$index"
	break_index cp "$BATS_TEST_FILENAME" "$index"
	break_index truncate -s $((size / 2)) "$index"
	break_index truncate -s $((size - 1)) "$index"
	break_index truncate -s $((size * 2)) "$index"
	break_index truncate -s 100 "$index"
	break_index dd if=/dev/zero of="$index" bs=$((size / 3)) seek=1 count=1 conv=notrunc status=none
	break_index cp "$BATS_TEST_FILENAME" "$index-journal"
	break_index rm -r "$(dirname "$index")"
	break_index cp good "$index"
}

# put_bytes FILE OFFSET BYTE...: in octal.
put_bytes() {
	local file=$1 at=$2
	shift 2
	printf '%b' "$(printf '\\0%s' "$@")" | dd of="$file" bs=1 seek="$at" conv=notrunc status=none
}

# flip FILE SEED: sixty bytes of it are others.
flip() {
	local at byte
	while read -r at byte; do
		put_bytes "$1" "$at" "$byte"
	done < <(awk -v seed="$2" -v size="$(stat -c %s "$1")" 'BEGIN {
		srand(seed)
		for (i = 0; i < 60; i++)
			printf "%d %03o\n", int(rand() * size), int(rand() * 256)
	}')
}

@test "one with bytes that are others answers right, by itself too, and is mended" {
	local seed
	indexed_people
	cp "$index" good
	for seed in {1..6}; do
		cp good "$index"
		flip "$index" "$seed"
		kith --cached list --format '{id} {title}'
		quiet
		expect 0 <<-'EOF'
			ana baker
			paul novelist
			zoe welder
		EOF
		found baker ana
		found 912345 ana
		echo "note = seed$seed" >>book/paul.ini
		found "seed$seed" paul
		found sculptor
		knows_book
	done
}

@test "damage that a search meets is mended by the next one" {
	local at
	need_strace
	indexed_people
	cp "$index" good
	for ((at = 16384; at < $(stat -c %s good); at += 16384)); do
		cp good "$index"
		dd if=/dev/urandom of="$index" bs=16384 seek=$((at / 16384)) count=1 conv=notrunc status=none
		found baker ana
		found novelist paul
		found welder zoe
		kith --cached list
		has_status 0
		found baker ana
		opens ana.ini list baker
		opens paul.ini list novelist
	done
}

@test "what has its name and is none is left alone" {
	indexed_people
	cp "$index" good
	rm "$index"
	mkdir "$index"
	found baker ana
	rmdir "$index"
	echo 'a letter' >letter
	ln -s "$PWD/letter" "$index"
	found baker ana
	kith --cached list --format '{id}' baker
	expect 0 <<<'ana'
	diff letter - <<<'a letter'
	ln -sf "$PWD/nowhere" "$index"
	found baker ana
	[ ! -e nowhere ]
	rm "$index"
	mkfifo "$index"
	found baker ana
	[ -p "$index" ]
}

@test "a database of another program is left alone" {
	indexed_people
	# Its application_id is the four bytes from 68 on.
	put_bytes "$index" 68 101 102 103 104
	cp "$index" other
	found baker ana
	cmp other "$index"
	put_bytes "$index" 68 0 0 0 0
	cp "$index" other
	found baker ana
	kith --cached list --format '{id}' baker
	quiet
	expect 0 <<<'ana'
	cmp other "$index"
	[ "$(ls -A "$(dirname "$index")")" = index.db ]
}

@test "one of another version of kith is made anew" {
	indexed_people
	# Its user_version is the four bytes from 60 on.
	put_bytes "$index" 60 0 0 0 11
	kith --cached list --format '{id}' baker
	quiet
	expect 0 <<<'ana'
	found baker ana
	knows_book
}

@test "that of another book, or of one that stood here before, is not believed" {
	indexed_people
	cp "$index" foreign
	mkdir other
	KITH_BOOK=$PWD/other
	put ana.ini <<<'title = juror'
	found juror ana
	cp foreign "$(find "$HOME" -name index.db ! -path "$index")"
	kith --cached list --format '{id} {title}'
	expect 0 <<<'ana juror'
	found juror ana
	found baker
	found welder
	knows_book
	KITH_BOOK=$PWD/book
	mv book was
	cp -a was book
	rm book/paul.ini
	kith --cached list --format '{id}'
	expect 0 <<<$'ana\nzoe'
	found novelist
	knows_book
}

@test "by whatever path one comes to a book, it has one index" {
	indexed_people
	ln -s book link
	KITH_BOOK=$PWD/link found baker ana
	KITH_BOOK=$PWD/../$(basename "$PWD")/book/. found baker ana
	cd book
	KITH_BOOK=. command kith list baker | grep -q Ruiz
	[ "$(find "$HOME" -name index.db | wc -l)" -eq 1 ]
}

@test "one that is taken away while it is used" {
	local call
	need_strace
	indexed_people
	for call in pread64 fcntl pwrite64; do
		echo "note = by$call" >>book/paul.ini
		stopped_at 3 "$call" -- list --format '{id}' "by$call"
		rm "$index"
		go_on
		quiet
		diff -u - out <<<'paul'
		found "by$call" paul
		knows_book
	done
}

@test "one that is brought up to date while it is used" {
	local option n
	need_strace
	indexed_people
	for option in --cached --quiet; do
		for ((n = 1; ; n++)); do
			put ana.ini <<<'title = first'
			command kith list first >/dev/null
			stopped_at "$n" fcntl -- "$option" list --format '{id} {title}' \
				first OR later || break
			put ana.ini <<<'title = later'
			command kith list later >/dev/null
			go_on
			has_status 0
			quiet
			diff -u <(sed 's/later/first/' out) - <<<'ana first'
		done
		[ "$n" -gt 5 ]
	done
}

# ---- the place ----

@test "a folder for caches that is none, or is no folder" {
	put ana.ini <<<'title = baker'
	echo 'a letter' >home/.cache
	found baker ana
	diff home/.cache - <<<'a letter'
	XDG_CACHE_HOME=$PWD/home/.cache found baker ana
	XDG_CACHE_HOME=cache found baker ana
	[ ! -e cache ] && [ ! -e book/cache ]
	rm home/.cache
	XDG_CACHE_HOME=cache found baker ana
	[ ! -e cache ] && [ -f "$(index_path)" ]
	XDG_CACHE_HOME=$PWD/other found baker ana
	[ "$(find other -name index.db | wc -l)" -eq 1 ]
	XDG_CACHE_HOME=$PWD/far/off found baker ana
	[ ! -e far ]
	(
		unset HOME
		found baker ana
	)
	HOME='' found baker ana
}

@test "a home that is not there is not made" {
	put ana.ini <<<'title = baker'
	HOME=$PWD/nobody found baker ana
	[ ! -e nobody ]
}

@test "a folder for caches that cannot be written" {
	[ "$(id -u)" -ne 0 ] || skip "root may write all"
	put ana.ini <<<'title = baker'
	mkdir -m 500 home/.cache
	found baker ana
	[ -z "$(ls -A home/.cache)" ]
	chmod 700 home/.cache
	found baker ana
	index=$(index_path)
	chmod 500 "$(dirname "$index")"
	put ben.ini <<<'title = baker'
	found baker ana ben
	chmod 400 "$index"
	put cyd.ini <<<'title = baker'
	found baker ana ben cyd
	chmod 0 "$index"
	found baker ana ben cyd
	chmod 700 "$(dirname "$index")"
}

# limited KILOBYTES ARGS: kith may write files no longer than that.
limited() {
	local kilobytes=$1
	shift
	{
		(ulimit -f "$kilobytes" && exec kith "$@") 2>&1
		echo "exit status $?"
	} | cat >said
}

@test "a disk that is full" {
	local kilobytes
	indexed_people
	for kilobytes in 0 1 16 40; do
		rm -r home/.cache
		limited "$kilobytes" list --format '{id}' baker
		diff -u - said <<<$'ana\nexit status 0'
	done
	found baker ana
	knows_book
	for kilobytes in 0 1 16 40; do
		echo "note = room for $kilobytes" >>book/paul.ini
		limited "$kilobytes" list --format '{id}' "note:\"room for $kilobytes\""
		diff -u - said <<<$'paul\nexit status 0'
	done
	found "room" paul
	knows_book
}

# ---- whether there is one ----

# people N: so many, of whom the first is a baker.
people() {
	local i
	for ((i = 1; i <= $1; i++)); do
		echo "title = $([ "$i" -eq 1 ] && echo baker || echo mason)" >"book/p$i.ini"
	done
}

@test "a small book gets no index, and a large one does, unless it is said otherwise" {
	people 10
	KITH_INDEX=auto found baker p1
	(
		unset KITH_INDEX
		found baker p1
	)
	[ ! -e home/.cache ]
	people 199
	KITH_INDEX=auto found baker p1
	[ ! -e home/.cache ]
	people 200
	KITH_INDEX=never found baker p1
	kith --no-index list baker
	expect 0 <<<'p1  p1'
	[ ! -e home/.cache ]
	KITH_INDEX=auto found baker p1
	[ -f "$(index_path)" ]
	rm -r home/.cache
	(
		unset KITH_INDEX
		found baker p1
	)
	[ -f "$(index_path)" ]
}

@test "an index that is there is kept up to date for a small book too" {
	export KITH_INDEX=auto
	people 200
	found baker p1
	rm book/p1??.ini book/p1.ini
	found baker
	put p1.ini <<<'title = baker'
	found baker p1
	knows_book
}

@test "thousands of files, in several segments" {
	local i
	for i in {1..700}; do
		echo "title = mason$i" >"book/p$i.ini"
	done
	found mason650 p650
	for i in {100..699}; do
		echo "title = judge$i" >"book/p$i.ini"
	done
	found mason650
	found judge650 p650
	for i in {1..600}; do
		echo "title = sailor$i" >>"book/q$i.ini"
	done
	found sailor599 q599
	found mason700 p700
	settle
	found judge100 p100
	knows_book
}

@test "who only reads loads no libgit2" {
	local command
	indexed_people
	for command in list 'list baker' 'show ana' 'grep -a baker' check todo version; do
		# shellcheck disable=SC2086 # words
		LD_DEBUG=libs LD_DEBUG_OUTPUT=$PWD/loaded command kith $command >/dev/null 2>&1 || true
		cat loaded.* >loads 2>/dev/null || skip "the loader tells nothing"
		grep -q libsqlite3 loads
		run -1 grep git2 loads
		rm loaded.*
	done
}

# ---- at once ----

@test "sixteen who read and four who write" {
	"$BATS_TEST_DIRNAME/crowd.bash" 12
}
