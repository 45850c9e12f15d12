# What no contact should be, among good ones: the good ones answer, the bad one is named, and
# nothing is rewritten that was not fully understood.
load lib

# Two good contacts among one of each kind of bad file.
hostile_book() {
	put ana.ini <<-'EOF'
		[contact]
		name = Ana Ruiz
		[log]
		2026-10-01 = call: a storm
		[todo]
		2026-12-01 = the menu
	EOF
	put zoe.ini <<-'EOF'
		[contact]
		name = Zoe Brandt
	EOF
	bad junk <<<'what is this'
	bad day <<-'EOF'
		birthday = 31.10.
		[log]
		2026-02-31 = call: a hurricane
	EOF
	bad section <<-'EOF'
		[weather]
		rain = heavy
	EOF
	bad latin <<<$'city = K\xf6ln'
	bad conflict <<-'EOF'
		<<<<<<< HEAD
		org = A
		=======
		org = B
		>>>>>>> theirs
	EOF
	bad nul < <(printf 'city = \0\n')
	iconv -t UTF-16 <<<'name = Mo' | put utf16.ini
	put empty.ini </dev/null
	put blank.ini < <(printf ' \n\t\n\n')
	truncate -s 20M "$KITH_BOOK/large.ini"
	mkfifo "$KITH_BOOK/fifo.ini"
	mkdir outside
	echo 'name = Outside' | tee outside/x.ini >outside.ini
	ln -s ../outside.ini "$KITH_BOOK/link.ini"
	ln -s ../outside "$KITH_BOOK/linked"
	ln -s loop.ini "$KITH_BOOK/loop.ini"
	ln -s nothing.ini "$KITH_BOOK/dangling.ini"
	prints >before
}

# bad ID: a contact whose further lines come from stdin.
bad() {
	{ printf '[contact]\nname = Mo %s\n' "$1"; cat; } | put "$1.ini"
}

readonly damaged='junk latin empty blank' # as well as day and section: edited but for what is bad

# prints: all that is there.
prints() {
	find book outside outside.ini -type d -o -type f -size -2M -exec sha256sum {} + \
		-o -printf '%y%s %p %l\n' | sort -k 2
}

# untouched FILE...: all but these is what it was.
untouched() {
	local but=()
	while [ $# -gt 0 ]; do
		but+=(-e " book/$1\$")
		shift
	done
	diff <(grep -v "${but[@]}" -e '^$' before) <(prints | grep -v "${but[@]}" -e '^$')
}

unlisted() {
	cat <<-'EOF'
		book/dangling.ini: is a symlink to nothing; remove it
		book/link.ini: is a symlink to no contact of the book; kith does not follow it, put what it leads to here
		book/linked: is a symlink to no contact of the book; kith does not follow it, put what it leads to here
		book/loop.ini: is a symlink in a loop; remove it
	EOF
}

damage() {
	cat <<-'EOF'
		book/blank.ini:1:1: nothing in it: damaged? restore it, or remove the file
		book/conflict.ini:3:1: an unresolved conflict; keep what is right of both sides and remove the lines <<<<<<<, ======= and >>>>>>>
		book/empty.ini:1:1: nothing in it: damaged? restore it, or remove the file
		book/fifo.ini: is a FIFO, not a file
		book/junk.ini:3:1: neither a key, a comment nor a section; put # before it, or write 'key = value'
		book/large.ini: is 20.0 MB; up to 16.0 MB are read
		book/latin.ini:3:9: not UTF-8 here; convert the file, as with iconv -f LATIN1 -t UTF-8
		book/nul.ini:3:8: no text (UTF-16 or binary); convert it, as with iconv -f UTF-16 -t UTF-8
		book/utf16.ini:1:1: no text (UTF-16 or binary); convert it, as with iconv -f UTF-16 -t UTF-8
	EOF
}

# says_all: stderr names every link and every damaged file, and nothing else.
says_all() {
	says "$(unlisted; damage)"
}

@test "list shows all that are files, and names the bad ones" {
	hostile_book
	kith list --format '{id}|{name}' --sort id
	expect 3 <<-'EOF'
		ana|Ana Ruiz
		blank|blank
		conflict|Mo conflict
		day|Mo day
		empty|empty
		fifo|fifo
		junk|Mo junk
		large|large
		latin|Mo latin
		nul|Mo nul
		section|Mo section
		utf16|utf16
		zoe|Zoe Brandt
	EOF
	says_all
	untouched
}

# says_what_may_hide: the same without those whose damage cannot hide a word that is not there.
says_what_may_hide() {
	says "$(unlisted; damage | grep -v junk.ini)"
}

@test "grep, todo and tag find what the good ones hold, and name the bad ones" {
	hostile_book
	kith grep storm
	expect 3 <<<'book/ana.ini:4:2026-10-01 = call: a storm'
	says_what_may_hide
	kith todo
	expect 3 <<<'2026-12-01  ana  1  the menu'
	says_all
	kith tag --dry-run storm +weather
	expect 3 <<<'ana'
	says_what_may_hide
	kith list junk
	has_status 3
	grep -q '^book/junk.ini:3:1: neither' err
	untouched
}

@test "only unreadable files make a reading command fail" {
	hostile_book
	rm "$KITH_BOOK"/{large,fifo}.ini
	kith grep storm
	expect 0 <<<'book/ana.ini:4:2026-10-01 = call: a storm'
}

@test "check tells what is bad, where, and what to do" {
	hostile_book
	kith check
	quiet
	has_status 1
	sed 's/^\(book[^:]*\): /\1:0: /' out | sort -t : -k 1,1 -k 2n >findings
	{
		unlisted
		damage
		cat <<-'EOF'
			book/day.ini:3:12: '31.10.' is no date; a date is written as 1974-10-31, 1974-10, 1974 or --10-31
			book/day.ini:5:1: there is no day 2026-02-31
			book/section.ini:3:1: [weather] is no section kith knows; it is kept and not used
		EOF
	} | sed 's/^\(book[^:]*\): /\1:0: /' | sort -t : -k 1,1 -k 2n | diff -u - findings
	untouched
}

@test "a good one is shown and changed as if it were alone" {
	hostile_book
	kith show ana -k name
	quiet
	expect 0 <<<'Ana Ruiz'
	kith set ana title=baker
	expect_err 0 'ana: title'
	untouched ana.ini
	kith unset ana title
	untouched
}

@test "a bad one is shown byte for byte where it can be read" {
	local id
	hostile_book
	for id in $damaged conflict nul utf16; do
		kith show "$id" --raw
		says "$(damage | grep "/$id.ini")"
		has_status 0
		cmp out "$KITH_BOOK/$id.ini"
	done
	for id in large fifo; do
		kith show "$id" --raw
		expect_err 3 "$(damage | grep "/$id.ini")"
	done
}

# grew FILE LINE...: the file has these lines more, and is otherwise what it was.
grew() {
	local file=$1
	shift
	diff "old/$file" "$KITH_BOOK/$file" | grep '^[<>\\]' | diff -u <(printf '> %s\n' "$@") -
}

@test "set changes its own line of a damaged file" {
	local id
	hostile_book
	cp -r "$KITH_BOOK" old
	for id in $damaged day section; do
		kith set "$id" title=baker
		expect_err 0 "$id: title"
	done
	grew junk.ini 'title = baker'
	grew latin.ini 'title = baker'
	grew day.ini 'title = baker'
	grew section.ini 'title = baker'
	grew empty.ini '[contact]' 'title = baker'
	grew blank.ini '[contact]' 'title = baker'
	untouched {junk,latin,day,section,empty,blank}.ini
}

@test "log adds its own line to a damaged file" {
	local id
	hostile_book
	cp -r "$KITH_BOOK" old
	for id in $damaged day section; do
		kith log "$id" call: a word
		expect_err 0 "$id: log 2026-11-21"
	done
	grew day.ini '2026-11-21 = call: a word'
	for id in junk latin; do
		grew "$id.ini" '' '[log]' '2026-11-21 = call: a word'
	done
	grew section.ini '' '[log]' '2026-11-21 = call: a word' ''
	for id in empty blank; do
		grew "$id.ini" '[log]' '2026-11-21 = call: a word'
	done
	untouched {junk,latin,day,section,empty,blank}.ini
}

# refuses ID TEXT: no command changes the contact, and each says the text.
refuses() {
	local command
	for command in "set $1 title=x" "unset $1 name" "log $1 x" "todo $1 x" "done $1" "rename $1 $1-2"; do
		echo "kith $command"
		# shellcheck disable=SC2086 # words
		kith $command
		has_status 3
		expect_nothing 3
		grep -vx "$(unlisted)" err | diff <(echo "$2") -
	done
}

@test "what is not understood is not edited" {
	hostile_book
	refuses conflict 'book/conflict.ini:3:1: a conflict is not resolved here: edit the file by hand'
	refuses nul 'book/nul.ini:3:8: this is no UTF-8 text: edit the file by hand'
	refuses utf16 'book/utf16.ini:1:1: this is no UTF-8 text: edit the file by hand'
	refuses large 'book/large.ini: is 20.0 MB; up to 16.0 MB are read'
	refuses fifo 'book/fifo.ini: is a FIFO, not a file'
	untouched
}

@test "a link is nobody, and what it leads to is not touched" {
	local name command
	hostile_book
	for name in link loop dangling linked linked/x book/linked/x.ini; do
		for command in show set\ title=x log rm\ -f edit; do
			echo "kith $command $name"
			# shellcheck disable=SC2086 # words
			kith ${command%% *} $name ${command#* }
			has_status 1
		done
	done
	untouched
}

@test "a file that cannot be changed does not keep the others from it" {
	hostile_book
	kith tag 'name:mo OR storm' +met
	has_status 3
	grep -v symlink err | tail -n 1 | diff <(echo 'kith tag: done for 5 of 7') -
	untouched {ana,junk,latin,day,section}.ini
	put who.ini <<<'via = zoe'
	printf '[todo]\n2026-11-25 = [[zoe]]\n' >>"$KITH_BOOK/conflict.ini"
	put work/what.ini <<<'via = zoe'
	kith rename zoe zoe-brandt
	has_status 3
	holds who.ini <<<'via = zoe-brandt'
	holds work/what.ini <<<'via = zoe-brandt'
}

@test "an id used twice is told, and both are reached by path" {
	put ana.ini <<<'name = Ana Ruiz'
	put work/ana.ini <<<'name = Ana Weld'
	kith check
	expect 1 <<-'EOF'
		book/ana.ini: id 'ana' is also that of work/ana.ini; rename one of the files
		book/work/ana.ini: id 'ana' is also that of ana.ini; rename one of the files
	EOF
	kith list --format '{path}'
	expect 0 <<-'EOF'
		ana.ini
		work/ana.ini
	EOF
	kith set ana title=x
	has_status 1
	kith set work/ana title=baker
	holds ana.ini <<<'name = Ana Ruiz'
	holds work/ana.ini <<-'EOF'
		name = Ana Weld
		title = baker
	EOF
}

# Short, and with one of everything.
sample() {
	cat <<-'EOF'
		# met by chance
		[contact]
		name  = Łukasz Żak
		tags  = sail
		email.work = l@zak.example
		note  = likes tea;
		    no #milk

		[log]
		2026-10-01 = @pier call: a storm
		[todo]
		2026-12-01 = they: a boat
	EOF
}

# The lines of all files of a folder, each with its file's name.
lines_of() {
	(cd "$1" && awk '{ print FILENAME ":" $0 }' ./*.ini)
}

@test "a file cut anywhere is listed, and changed in its own line alone" {
	local size n
	sample >sample.ini
	size=$(stat -c %s sample.ini)
	for ((n = 0; n <= size; n++)); do
		head -c "$n" sample.ini >"book/cut-$n.ini"
	done
	cp -r book old
	kith list --count
	expect 0 <<<"$((size + 1))"
	kith tag 'path:cut' +far
	expect_nothing 0
	lines_of old >old.lines
	diff old.lines <(lines_of book) >changes || true
	[ "$(grep -c '^> .*:tags *= .*far$' changes)" -eq $((size + 1)) ]
	diff /dev/null <(grep '^[<>]' changes | grep -v ':tags *=\|:\[contact\]$')
}

# Have no right to read what the file's mode forbids, even as root.
as_user() {
	local kith right='-dac_override,-dac_read_search'
	kith=$(type -P kith)
	mkdir -p bin
	if [ "$(id -u)" -eq 0 ]; then
		printf '#!/bin/sh\nexec setpriv --inh-caps=-all --bounding-set=%s %s "$@"\n' "$right" "$kith" >bin/kith
	else
		printf '#!/bin/sh\nexec %s "$@"\n' "$kith" >bin/kith
	fi
	chmod +x bin/kith
	PATH=$PWD/bin:$PATH
	command kith version >/dev/null || skip "rights cannot be given up here"
}

@test "what may not be read is named, and the rest answers" {
	as_user
	put ana.ini <<<'name = Ana Ruiz'
	put bad.ini <<<'name = Mo Bad'
	put shut/in.ini <<<'name = In'
	chmod 000 "$KITH_BOOK"/{bad.ini,shut}
	kith list --format '{id}'
	expect 3 <<-'EOF'
		ana
		bad
	EOF
	says "book/shut: cannot open the folder 'shut': Permission denied
book/bad.ini: cannot open: Permission denied"
	kith set bad title=x
	expect_err 3 'book/bad.ini: cannot open: Permission denied'
	kith show in
	has_status 3
	head -n 1 err | diff - <(echo "kith show: no contact 'in'")
	kith -q set ana title=baker
	expect_nothing 0
	chmod 700 "$KITH_BOOK"/{bad.ini,shut}
	holds bad.ini <<<'name = Mo Bad'
}

@test "what may not be written stays, and that is told" {
	as_user
	put ana.ini <<<'name = Ana Ruiz'
	chmod 444 "$KITH_BOOK/ana.ini"
	kith set ana title=x
	expect_err 3 'book/ana.ini: nothing was changed: the file is read-only (chmod u+w lets it be changed)'
	chmod 644 "$KITH_BOOK/ana.ini"
	chmod 555 "$KITH_BOOK"
	kith set ana title=x
	expect_err 3 'book/ana.ini: nothing was changed: cannot make a new file in the folder: Permission denied'
	chmod 755 "$KITH_BOOK"
	holds ana.ini <<<'name = Ana Ruiz'
}

@test "a name of 255 bytes is a contact like any other" {
	local id
	id=$(printf '%0251d' 7)
	put "$id.ini" <<<'name = Long'
	kith set long title=x
	expect_err 0 "$id: title"
	kith log long a word
	has_status 0
	kith rename long "$id-"
	has_status 2
	kith rename long short
	expect 0 <<<'short'
	gone "$id.ini"
}

@test "a full disk leaves the old text" {
	put ana.ini <<<'name = Ana Ruiz'
	cp -r book old
	# shellcheck disable=SC2016 # for the other shell
	unshare -m sh -c 'mount -t tmpfs -o size=64k none book' 2>err || skip "no file system can be made here"
	unshare -m sh -c 'mount -t tmpfs -o size=64k none book && cp old/ana.ini book
		cat /dev/zero >book/ballast 2>ballast
		kith set ana title=x >out 2>err
		echo $? >status
		kith new Zoe Brandt >out2 2>err2
		echo $? >>status
		rm book/ballast
		cp -a book after'
	diff status <(printf '%s\n' 3 3)
	diff -r old after
	says 'book/ana.ini: nothing was changed: cannot write: No space left on device'
	[ -s err2 ] && [ ! -s out2 ]
}

@test "a limit on file sizes leaves the old text" {
	put ana.ini <<<'name = Ana Ruiz'
	run -3 bash -c 'ulimit -f 0; exec kith set ana title=x'
	[ "$output" = 'book/ana.ini: nothing was changed: cannot write: File too large' ]
	holds ana.ini <<<'name = Ana Ruiz'
	[ "$(ls -A book)" = ana.ini ]
}

@test "output that cannot be written is told, and a save stands" {
	put ana.ini <<<'name = Ana Ruiz'
	run -3 bash -c 'kith list >/dev/full'
	[ "$output" = 'kith list: cannot write the output: No space left on device' ]
	run -3 bash -c 'kith list >&-'
	[ "$output" = 'kith list: cannot write the output: Bad file descriptor' ]
	run -3 bash -c 'kith new Zoe Brandt >/dev/full'
	[ "${lines[0]}" = 'created zoe-brandt.ini' ]
	[ "${lines[1]}" = 'kith new: cannot write the output: No space left on device' ]
	grep -q '^name *= Zoe Brandt$' book/zoe-brandt.ini
	[ "$(ls -A book)" = $'ana.ini\nzoe-brandt.ini' ]
	run -0 bash -c 'set -o pipefail; kith list | true'
	[ -z "$output" ]
}

@test "with its streams closed kith writes into no file" {
	local shut
	put ana.ini <<<'name = Ana Ruiz'
	put zoe.ini <<<'name = Zoe Brandt'
	cp -r book old
	for shut in '<&-' '>&-' '2>&-' '<&- >&-' '<&- 2>&-' '>&- 2>&-' '<&- >&- 2>&-'; do
		echo "with $shut"
		eval "command kith set ana title=baker $shut"
		holds ana.ini <<-'EOF'
			name = Ana Ruiz
			title = baker
		EOF
		eval "command kith set ana nonsense $shut" || true
		eval "command kith list $shut >/dev/null" || true
		eval "command kith unset ana title $shut"
		diff -r old book
	done
}

@test "at the end of input nobody is asked again" {
	put ana.ini <<<'name = Ana Ruiz'
	put zoe.ini <<<'name = Ana Brandt'
	cp -r book old
	local command
	for command in 'rm ana' 'set name=x' 'new' 'new -' 'log ana' 'log ana -' 'edit nobody' 'rm' 'show brandt ruiz'; do
		echo "kith $command"
		# shellcheck disable=SC2086 # words
		kith $command
		[ "$status" -eq 1 ] || [ "$status" -eq 2 ]
	done
	diff -r old book
}

@test "settings that cannot be read stop every command, damaged ones none" {
	put ana.ini <<<'name = Ana Ruiz'
	mkdir book/.kith
	mkfifo book/.kith/config
	kith list
	expect_err 3 'book/.kith/config: is a FIFO, not a file; make it a file that can be read, or take it away'
	rm book/.kith/config
	ln -s ../ana.ini book/.kith/config
	kith set ana title=x
	expect_err 3 'book/.kith/config: is a symlink; kith does not follow links out of the book, put the file itself here; make it a file that can be read, or take it away'
	rm book/.kith/config
	printf '[kinds]\nlunch\n\xff\0 = y\n' >book/.kith/config
	kith list
	quiet
	expect 0 <<<'ana  Ana Ruiz'
	kith check
	expect 1 <<-'EOF'
		book/.kith/config:2:1: neither a key, a comment nor a section; put # before it, or write 'key = value'
	EOF
	holds ana.ini <<<'name = Ana Ruiz'
}

@test "folders without end are left at the sixty-fourth" {
	local deep i
	for ((i = 1; i <= 65; i++)); do
		deep+=/d
		[ "$i" -lt 64 ] || put "$deep/in-$i.ini" <<<'name = In'
	done
	kith list --format '{id}'
	expect 0 <<<'in-64'
	says "book$deep: is more than 64 folders deep; not read"
}

@test "a hundred thousand lines of anything are read in time" {
	local kind command
	for kind in junk '[section]' '  deeper' '2026-01-01 = [[x]] @y #z' '<<<<<<< x'; do
		{ printf 'name = Mo\n[log]\nnote = a\n'; yes "$kind" | head -n 100000; } >book/mo.ini
		for command in 'show mo' check 'log mo x'; do
			echo "kith $command: $kind"
			# shellcheck disable=SC2086 # words
			timeout 20 kith $command >out 2>err || [ $? -lt 4 ]
		done
	done
}
