# kith edit: a draft in the user's editor, which takes the file's place.
# shellcheck disable=SC2016 # the editor's sh expands them
load lib
load terminal

setup_ada() {
	put ada.ini <<<$'[contact]\nname = Ada'
	mkdir drafts
	export TMPDIR=$PWD/drafts
}

# no_draft: none is left.
no_draft() {
	[ -z "$(ls -A drafts)" ]
}

# kept FILE: the one draft is there, named on the last line of FILE, and is exactly stdin.
kept() {
	local draft
	draft=$(echo drafts/*)
	tail -n 1 "$1" | diff - <(echo "kith edit: what was written is kept in $PWD/$draft")
	diff -u --label wanted --label draft - "$draft"
	rm "$draft"
}

@test "the editor gets a draft; arguments and quotes in EDITOR work" {
	setup_ada
	EDITOR='sed -i "s/Ada$/Ada Byron/"' kith edit ada
	expect_err 0 "ada.ini: edited"
	holds ada.ini <<<$'[contact]\nname = Ada Byron'
	no_draft
}

@test "the draft is private, named after the contact, and beside no other" {
	put work/ada.ini <<<'name = Ada'
	mkdir drafts
	TMPDIR=$PWD/drafts EDITOR='stat -c "%a %n" "$1" >seen; cp "$1" copy; : ' kith edit ada
	expect_err 0 "work/ada.ini: nothing changed (an editor that returns at once needs its option to wait)"
	grep -qE "^600 $PWD/drafts/kith-[A-Za-z0-9]{6}-ada\.ini$" seen
	holds work/ada.ini <copy
	no_draft
}

@test "VISUAL comes before EDITOR" {
	setup_ada
	VISUAL='echo >name' EDITOR=false kith edit ada
	expect_err 0 "ada.ini: nothing changed (an editor that returns at once needs its option to wait)"
	[[ $(cat name) == */kith-*-ada.ini ]]
}

@test "a file name is never part of the script" {
	put 'a$(touch pwned);b.ini' <<<'name = Ada'
	EDITOR=: kith edit ada
	expect_nothing 0
	[ ! -e pwned ]
}

@test "a save that changes nothing writes nothing" {
	setup_ada
	stat -c '%i %y' "$KITH_BOOK/ada.ini" >before
	EDITOR='touch' kith edit ada
	expect_err 0 "ada.ini: nothing changed (an editor that returns at once needs its option to wait)"
	stat -c '%i %y' "$KITH_BOOK/ada.ini" | diff before -
	no_draft
}

@test "an editor that fails is exit status 3, the file stays, and the draft when it was touched" {
	setup_ada
	EDITOR='echo "org = X" >>"$1"; exit 7 #' kith edit ada
	expect_nothing 3
	holds ada.ini <<<$'[contact]\nname = Ada'
	kept err <<<$'[contact]\nname = Ada\norg = X'
	EDITOR=false kith edit ada
	expect_err 3 "kith edit: the editor 'false' did not end well"
	EDITOR=no-such-editor kith edit ada
	expect_nothing 3
	grep -qx "kith edit: there is no editor 'no-such-editor'; set EDITOR" err
	no_draft
}

@test "an emptied or removed draft leaves the file as it is" {
	setup_ada
	for editor in 'true >' 'echo >' rm; do
		EDITOR=$editor kith edit ada
		expect_err 3 "book/ada.ini: nothing is left of it, so it stays as it was; 'kith rm' removes it"
		holds ada.ini <<<$'[contact]\nname = Ada'
		no_draft
	done
}

@test "a draft that cannot be read is kept" {
	setup_ada
	EDITOR='echo x >elsewhere; ln -sf "$PWD/elsewhere"' kith edit ada
	expect_nothing 3
	head -n 1 err | grep -q '^kith edit: the draft cannot be read: '
	holds ada.ini <<<$'[contact]\nname = Ada'
	kept err <<<x
}

@test "what another kith wrote meanwhile stays, and so does the draft" {
	setup_ada
	EDITOR='kith -q log ada tea; echo "org = X" >>' kith edit ada
	expect_nothing 4
	head -n 1 err | diff - <(echo "book/ada.ini: was changed meanwhile by another program")
	holds ada.ini <<-'EOF'
		[contact]
		name = Ada

		[log]
		2026-11-21 = tea
	EOF
	kept err <<<$'[contact]\nname = Ada\norg = X'
	EDITOR='kith -q log ada more tea; true' kith edit ada
	expect_err 0 "ada.ini: nothing changed (an editor that returns at once needs its option to wait)"
	tail -n 1 "$KITH_BOOK/ada.ini" | diff - <(echo '2026-11-21 = more tea')
	no_draft
}

@test "what is wrong afterwards is named and kept" {
	setup_ada
	EDITOR='printf "what is this\nbirthday = 31.10.\n" >>' kith edit ada
	expect_err 0 "book/ada.ini:3:1: neither a key, a comment nor a section; put # before it, or write 'key = value'
book/ada.ini:4:12: '31.10.' is no date; a date is written as 1974-10-31, 1974-10, 1974 or --10-31
ada.ini: edited"
	holds ada.ini <<<$'[contact]\nname = Ada\nwhat is this\nbirthday = 31.10.'
	no_draft
}

@test "on a terminal a wrong file can be edited again" {
	setup_ada
	EDITOR='echo "bad line" >>' terminal 'kith edit ada' <<<$'y\nn'
	has_status 0
	[ "$(grep -c 'edit ada.ini again? \[y/N\]' out)" -ge 1 ]
	holds ada.ini <<<$'[contact]\nname = Ada\nbad line\nbad line'
}

@test "what was written the second time is kept too" {
	put ada.ini <<<$'name = Ada\nbad line'
	mkdir drafts
	printf '%s\n' '#!/bin/sh' '[ -e once ] || exec touch once' 'echo org = X >>"$1"' 'exit 1' >editor
	chmod +x editor
	EDITOR=./editor TMPDIR=$PWD/drafts terminal 'kith edit ada' <<<y
	has_status 3
	holds ada.ini <<<$'name = Ada\nbad line'
	kept out <<<$'name = Ada\nbad line\norg = X'
}

@test "a file that is damaged can be edited, and nothing is rewritten" {
	printf 'name = Ada\n<<<<<<< a\norg = A\n=======\norg = B\n>>>>>>> b\n' | put ada.ini
	EDITOR='sed -i -e /^[\<=]/d -e /B/d -e /\>/d' kith edit ada
	expect_err 0 "ada.ini: edited"
	holds ada.ini <<<$'name = Ada\norg = A'
}

@test "a contact whose file name looks like an option is edited by its path" {
	put ./-x.ini <<<'name = Ada'
	cd book
	EDITOR='echo org = X >>' kith edit ./-x.ini
	expect_err 0 "-x.ini: edited"
	holds ./-x.ini <<<$'name = Ada\norg = X'
}

@test "without a name it is wrong usage" {
	kith edit
	expect_err 2 "kith edit: who is meant?
usage: kith edit NAME   (kith help edit)"
}

@test "what is no text any more is not saved" {
	put ada.ini <<<'name = Ada'
	TMPDIR=$PWD EDITOR='sh -c "printf \"a\\\\000b\" >\"\$1\"" x' kith edit ada
	has_status 3
	holds ada.ini <<<'name = Ada'
}
