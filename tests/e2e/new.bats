# kith new: a file for somebody, wherever the name comes from.
# shellcheck disable=SC2016 # the editor's sh expands them
load lib
load terminal

readonly UUID='[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'

# made FILE: the file is exactly stdin, but for the uid, which is a random UUID.
made() {
	sed -E "s/^(uid +=) $UUID\$/\1 UUID/" "$KITH_BOOK/$1" >made
	diff -u --label wanted --label "$1" - made
}

# usage MESSAGE: refused, with the usage behind the reason, and nobody was made.
usage() {
	expect_err 2 "kith new: $1
usage: kith new NAME [KEY=VALUE...]   (kith help new)"
	[ -z "$(ls "$KITH_BOOK")" ]
}

@test "the id stands on stdout, the file has name, uid and what was given" {
	kith new Paul Novak org='Night Harbor; Press' tags=writer,tampa birthday='last friday'
	expect 0 <<<paul-novak
	says "created paul-novak.ini"
	made paul-novak.ini <<-'EOF'
		[contact]
		name       = Paul Novak
		uid        = UUID
		org        = Night Harbor; Press
		tags       = writer,tampa
		birthday   = 2026-11-20
	EOF
	[ "$(stat -c %a "$KITH_BOOK/paul-novak.ini")" = 600 ]
	kith check
	expect_err 0 "1 contact, nothing to report"
}

@test "the id is made of what letters there are" {
	while IFS=: read -r name id; do
		kith new "$name"
		expect 0 <<<"$id"
		kith show -k name "$id"
		expect 0 <<<"$name"
	done <<-'EOF'
		Łukasz Żak:lukasz-zak
		Zoë:zoe
		José Marín:jose-marin
		O'Brien:obrien
		李雷:u674e-u96f7
		Ångström Ørsted Straße:angstrom-orsted-strasse
		N. N. (the plumber):n-n-the-plumber
		...:contact
	EOF
}

@test "a name never leads out of the book" {
	for name in ../x /etc/passwd ../../x work/x . .. .hidden -rf '~x'; do
		kith new -f -- "$name"
		has_status 0
		kith show -k name "$(cat out)"
		expect 0 <<<"$name"
	done
	files=$(find . -path ./home -prune -o -type f -print | sort)
	printf './book/%s.ini\n' contact-2 contact etc-passwd hidden rf work-x x-2 x-3 x | diff - <(grep ini <<<"$files")
	[ "$(wc -l <<<"$files")" -eq 11 ]
}

@test "control characters and newlines in a name leave a sound file" {
	kith new $'Ada\n[log]\n2026-01-01 = x\e[31m' $'org=\a'
	expect 0 <<<ada-log-2026-01-01-x-31m
	made ada-log-2026-01-01-x-31m.ini <<-'EOF'
		[contact]
		name       = Ada [log] 2026-01-01 = x�[31m
		uid        = UUID
		org        = �
	EOF
}

@test "a name is cut to an id of 60 bytes, and kept whole in the file" {
	name=$(printf 'x%.0s' {1..300})
	kith new "$name"
	expect 0 <<<"${name:0:60}"
	kith list --format '{name}'
	expect 0 <<<"$name"
}

@test "the second of a name gets -2, and a warning" {
	kith new Zoë
	kith new Zoe
	expect 0 <<<zoe-2
	says "kith new: probably here already: book/zoe.ini (the same name)
created zoe-2.ini"
	mkdir "$KITH_BOOK/work"
	kith new ZOE --in work -q
	expect 0 <<<zoe-3
	[ -f "$KITH_BOOK/work/zoe-3.ini" ]
}

@test "the same e-mail address or phone number is a warning" {
	kith new Ada email=ada@x phone='+1 813 555 0142'
	kith new B email.work=ADA@x
	says "kith new: probably here already: book/ada.ini (the same e-mail address)
created b.ini"
	kith new C phone='(813) 555-0142'
	says "kith new: probably here already: book/ada.ini (the same phone number)
created c.ini"
	kith new D phone='555 0199'
	says "created d.ini"
}

@test "on a terminal it asks before it adds another one" {
	put ada.ini <<<'name = Ada'
	terminal 'kith new Ada' <<<n
	expect 1 < <(printf '%s\n' 'kith new: probably here already: book/ada.ini (the same name)'
		printf 'add another one? [y/N] ')
	gone ada-2.ini
	terminal 'kith new Ada' <<<y
	has_status 0
	[ -f "$KITH_BOOK/ada-2.ini" ]
	terminal 'kith new --force Ada' </dev/null
	expect 0 <<-'EOF'
		kith new: probably here already: book/ada-2.ini (the same name)
		kith new: probably here already: book/ada.ini (the same name)
		created ada-3.ini
		ada-3
	EOF
}

@test "a file comes from stdin as it is, with a uid" {
	printf '# mine\nname = Zoë\r\nnote = one\n  two\n' >file
	kith new - <file
	expect 0 <<<zoe
	{ cat file; echo 'uid = UUID'; } | made zoe.ini
	kith new - <<<$'name = Ada\nuid = 1'
	holds ada.ini <<<$'name = Ada\nuid = 1'
}

@test "stdin without a name, or without text, makes nobody" {
	kith new - <<<'org = x'
	usage "a contact needs a name; nothing was written"
	kith new - </dev/null
	usage "a contact needs a name; nothing was written"
	iconv -t UTF-16 <<<'name = Ada' >file
	kith new - <file
	expect_err 2 "kith new: stdin is not UTF-8 at byte 1; iconv converts it"
	kith new - < <(printf 'name = a\0b')
	expect_err 3 "kith new: this is no UTF-8 text: edit the file by hand"
	[ -z "$(ls "$KITH_BOOK")" ]
}

@test "--in puts it in a folder of the book that is there" {
	mkdir -p "$KITH_BOOK/work/bakers"
	kith new Ana --in work/bakers/
	expect 0 <<<ana
	says "created work/bakers/ana.ini"
	kith new Zoe --in family
	expect_err 1 "book/family/zoe.ini: no folder 'family'"
	ln -s "$PWD" "$KITH_BOOK/link"
	for folder in .. ../home "$PWD" link .kith; do
		kith new Zoe --in "$folder"
		has_status 2 || has_status 3
		expect_nothing "$status"
	done
	[ "$(find . -name 'zoe*' | wc -l)" -eq 0 ]
}

@test "no name, and it is wrong usage" {
	kith new
	usage "who? Give a name, or - to read a contact file from stdin"
	kith new '' ' '
	usage "a name comes first"
	kith new $'\t\n'
	usage "a name comes first"
	kith new org=X
	usage "a name comes first"
	kith new Ada org=Night Harbor
	usage "'Harbor' is not KEY=VALUE; quote values with blanks"
	kith new Ada every=soon
	usage "'soon' is no cadence; write 3w, 2m, 1y, or 3w..2m for ideal..limit"
	kith new -rf
	usage "there is no option '-r'"
	kith new $'\xff'
	usage "'\\xff' is not UTF-8"
}

@test "without arguments the editor opens on an empty contact" {
	cat >editor <<-'EOF'
		#!/bin/sh
		sed -E -i 's/^(name +=).*/\1 Ada/' "$2"
	EOF
	chmod +x editor
	EDITOR='./editor -x' TMPDIR=$PWD/home terminal 'kith new' </dev/null
	expect 0 <<-'EOF'
		created ada.ini
		ada
	EOF
	made ada.ini <<-'EOF'
		[contact]
		name       = Ada
		uid        = UUID
	EOF
	[ -z "$(ls home)" ]
}

@test "what was written is kept when the editor fails" {
	EDITOR='echo org = X >>"$1"; false' TMPDIR=$PWD/home terminal 'kith new' </dev/null
	has_status 3
	grep -q "^kith new: what was written is kept in $PWD/home/kith-.*\.ini$" out
	grep -q "^kith new: the editor .* did not end well$" out
	grep -q '^org = X$' home/kith-*.ini
}

@test "what was written is kept when it cannot be a contact" {
	EDITOR='echo "org = X" >' TMPDIR=$PWD/home terminal 'kith new' </dev/null
	has_status 2
	grep -q "^kith new: what was written is kept in $PWD/home/kith-.*\.ini$" out
	grep -q '^org = X$' home/kith-*.ini
	rm home/kith-*
	EDITOR=true TMPDIR=$PWD/home terminal 'kith new' </dev/null
	has_status 2
	[ -z "$(ls home)" ]
}

@test "a name of nothing that can be seen is none; stdin and assignments go together" {
	kith new $'\xe2\x80\x8b'
	expect_nothing 2
	kith new - org=Acme <<<'name = Piped Person'
	expect 0 <<<piped-person
	kith show piped -k org
	expect 0 <<<Acme
}
