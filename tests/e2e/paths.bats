# Which book is meant, and that nothing a name or a file says leads out of it.
#
# shellcheck disable=SC2016 # what looks like shell shall stay text
# shellcheck disable=SC2030,SC2031 # each test is a process of its own
load lib

# books NAME...: folders, each a book of one contact that is called like it.
books() {
	local name
	for name in "$@"; do
		mkdir -p "$name/.kith"
		echo "name = The one of $name" >"$name/one.ini"
	done
}

# found NAME: the book that a command finds.
found() {
	kith show one -k name
	quiet
	expect 0 <<<"The one of $1"
}

@test "the book is --book, KITH_BOOK, the nearest above, the settings', ~/contacts" {
	books given named near near/er settings home/contacts
	mkdir -p near/er/deep/down home/.config/kith
	echo "book = $PWD/settings" >home/.config/kith/config
	export KITH_BOOK=$PWD/named
	cd near/er/deep/down
	kith --book ../../../../given show one -k name
	expect 0 <<<'The one of given'
	kith show --book=../../../../given one -k name
	expect 0 <<<'The one of given'
	found named
	unset KITH_BOOK
	found near/er
	rm -r "$BATS_TEST_TMPDIR"/near/er/{.kith,one.ini}
	found near
	cd "$BATS_TEST_TMPDIR"
	found settings
	rm home/.config/kith/config
	found home/contacts
	KITH_BOOK='' found home/contacts
}

@test "the settings' book: XDG_CONFIG_HOME, a home, a section, a comment" {
	books home/mine 'home/a b'
	unset KITH_BOOK
	export XDG_CONFIG_HOME=$PWD/xdg
	mkdir -p xdg/kith
	echo 'book = ~/mine' >xdg/kith/config
	found home/mine
	printf '# where\n[book]\nbook = a b\n' >xdg/kith/config
	found 'home/a b'
	echo 'book = /nowhere' >xdg/kith/config
	kith list
	expect_err 3 "kith list: no book at /nowhere; make one with 'kith init', or name another with --book DIR or KITH_BOOK"
}

@test "without HOME a book is still named or near" {
	books named
	unset KITH_BOOK HOME
	kith list
	expect_err 3 'kith list: no book, as HOME is not set; name one with --book DIR or KITH_BOOK'
	(cd named && found named)
	KITH_BOOK=named found named
}

@test "a book that is not there, is a file, or has a strange name" {
	unset KITH_BOOK
	kith list
	expect_err 3 "kith list: no book at $HOME/contacts; make one with 'kith init', or name another with --book DIR or KITH_BOOK"
	echo >file
	kith list --book file
	has_status 3
	kith list --book ''
	has_status 3
	books $'\xff -x'
	kith --book=$'\xff -x' show one -k name
	expect 0 <<<$'The one of \xff -x'
	kith --book "$PWD/"$'\xff -x//' set one title=baker
	has_status 0
}

@test "a book reached by a symlink is a book" {
	books real
	ln -s real link
	export KITH_BOOK=link
	found real
	kith set one title=baker
	has_status 0
	kith new Zoe Brandt
	has_status 0
	[ -L link ] && [ -f real/zoe-brandt.ini ]
	kith show "$PWD/link/one.ini" -k title
	expect 0 <<<baker
	kith show "$PWD/real/one.ini" -k title
	expect 0 <<<baker
	cd link
	kith show one.ini -k title --book .
	expect 0 <<<baker
}

# all: every name below the test's folder, but for what kith itself printed.
all() {
	find . -path ./home/.cache -prune -o -not -name out -not -name err -not -name before -print | sort
}

@test "no name makes a file outside the book, or one that is no contact" {
	local name
	all >before
	for name in ../x ../../x /tmp/kith-x "$PWD/x" a/../../x . .. / ./ .hidden -rf .git/config CON nul 'a/b' 'x ' \
		$'a\nb' $'a\tb' $'\e[31m' $'a\x7fb' $'a\xe2\x80\xaeb' '$(touch pwned)' '`touch pwned`' '; touch pwned' \
		'*' '~' "$(printf '%0300d' 0)" 'a\b' 'x.ini' '李雷' $'e\xcc\x81'; do
		printf 'new %q\n' "$name"
		kith new -- "$name" org=x
		has_status 0
		grep -qx '[a-z0-9][a-z0-9-]*' out
		grep -q "^name *= ." "book/$(cat out).ini"
		[ "$(wc -c <out)" -lt 80 ]
		rm "book/$(cat out).ini"
	done
	all | diff before -
}

@test "a name is kept as it was typed, white space and control characters aside" {
	kith new $'  ../Ana\n\e[31m  Ruiz '
	expect 0 <<<'ana-31m-ruiz'
	kith show ana -k name
	expect 0 <<<$'../Ana \xef\xbf\xbd[31m  Ruiz'
}

@test "no folder leads outside the book" {
	local folder
	mkdir outside "$KITH_BOOK/.hidden"
	ln -s ../outside "$KITH_BOOK/link"
	all >before
	for folder in .. ../outside "$PWD/outside" /tmp . ./ link link/ .hidden .kith a/../../outside nowhere //; do
		echo "--in $folder"
		kith new Ana --in "$folder"
		[ "$status" -gt 0 ]
		expect_nothing "$status"
		[ -s err ]
	done
	all | diff before -
}

@test "no rename leads outside the book, and a refused one changes nothing" {
	local to
	mkdir outside "$KITH_BOOK/.hidden"
	ln -s ../outside "$KITH_BOOK/link"
	put ana.ini <<<'name = Ana Ruiz'
	put zoe.ini <<<'via = ana'
	put work/x.ini <<<'name = X'
	all >before
	for to in ../x ../outside/ "$PWD/outside/x" /tmp/ link/ link/x .hidden/x nowhere/ work/../../x ../ //x \
		"work/$(printf '%0260d' 0)" zoe work/zoe; do
		echo "rename ana $to"
		kith rename ana "$to"
		[ "$status" -gt 0 ]
		expect_nothing "$status"
		[ -s err ]
		holds ana.ini <<<'name = Ana Ruiz'
		holds zoe.ini <<<'via = ana'
	done
	all | diff before -
}

@test "no path outside the book is a contact of it" {
	local name
	put ana.ini <<<'name = Ana Ruiz'
	mkdir outside
	echo 'name = Outside' | tee outside.ini >outside/x.ini
	for name in ../outside.ini book/../outside.ini ./outside.ini outside.ini outside/x "$PWD/outside.ini" /etc/passwd \
		../book/../outside/x.ini book/.kith/config; do
		echo "set $name"
		kith set "$name" name=Mo
		[ "$status" -gt 0 ]
		kith show "$name"
		[ "$status" -gt 0 ]
		kith rm -f "$name"
		[ "$status" -gt 0 ]
	done
	diff outside.ini - <<<'name = Outside'
	diff outside/x.ini - <<<'name = Outside'
}

# A folder of the book becomes a link to one outside, once kith has found the contact in it: the
# editor does that.
@test "a folder swapped for a link is not entered" {
	put work/ana.ini <<<'name = Ana Ruiz'
	cp -r book/work outside
	cat >swap <<-'EOF'
		#!/bin/sh
		mv book/work away && ln -s ../outside book/work
		echo 'title = baker' >>"$1"
	EOF
	chmod +x swap
	TMPDIR=$PWD EDITOR=./swap kith edit ana
	has_status 3
	head -n 1 err | diff <(echo "book/work/ana.ini: 'work' is a symlink or no folder; only real folders are entered") -
	tail -n 1 err | grep -q '^kith edit: what was written is kept in '
	diff outside/ana.ini - <<<'name = Ana Ruiz'
	[ "$(ls -A outside)" = ana.ini ]
	diff away/ana.ini - <<<'name = Ana Ruiz'
}

@test "every write is below the book, or the cache" {
	local command
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
	put ana.ini <<<'name = Ana Ruiz'
	put work/zoe.ini <<<'via = ana'
	for command in 'new ../../Mo' 'set ana title=x' 'log ana,zoe x' 'rename ana work/' 'rename ana anna' 'rm -f zoe'; do
		echo "kith $command"
		# shellcheck disable=SC2086 # words
		strace -y -qq -o trace -e trace=file kith $command >out 2>err
		grep 'O_WRONLY\|O_RDWR\|O_CREAT\|^creat\|^rename\|^unlink\|^mkdir\|^link\|^symlink' trace |
			sed "s#[0-9]*<$PWD/book\(/[^>]*\)*>#BOOK#g" | grep -v "\"$HOME/.cache[/\"]" >writes
		grep -q '(BOOK, "[^/"]*"' writes
		run -1 grep 'AT_FDCWD\|<\|/' writes
	done
}

@test "what editors and synchronisers leave behind is no contact" {
	local name
	put ana.ini <<<'name = Ana Ruiz'
	for name in ana.ini~ .ana.ini.swp '#ana.ini#' '.#ana.ini' ana.ini.bak ana.ini.orig .ana.ini 4913 ana.txt ini .ini \
		ana.vcf .stfolder/x.ini .git/x.ini .kith-tmp-0123/x.ini ana.INI; do
		put "$name" <<<'name = Left Over'
	done
	cp -r book old
	kith list --format '{path}'
	quiet
	expect 0 <<<'ana.ini'
	kith check
	expect_err 0 '1 contact, nothing to report'
	kith set ana title=baker
	rm old/ana.ini book/ana.ini
	diff -r old book
}

@test "what a killed kith left is removed by the next write, and by no read" {
	put ana.ini <<<'name = Ana Ruiz'
	put work/zoe.ini <<<'name = Zoe'
	put .kith-tmp-0123456789abcdef <<<'half'
	put work/.kith-tmp-fedcba9876543210 <<<'half'
	mkdir "$KITH_BOOK/.kith-tmp-folder"
	ln -s ../ana.ini "$KITH_BOOK/.kith-tmp-link"
	kith list --format '{path}'
	quiet
	[ -e "$KITH_BOOK/.kith-tmp-0123456789abcdef" ]
	kith set ana title=baker
	expect_err 0 'ana: title'
	gone .kith-tmp-0123456789abcdef
	gone work/.kith-tmp-fedcba9876543210
	[ -d "$KITH_BOOK/.kith-tmp-folder" ] && [ -L "$KITH_BOOK/.kith-tmp-link" ]
}
