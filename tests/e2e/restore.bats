# kith restore: a contact, or one field, as it was.
load lib
load git
load terminal

# Paul, whose phone changed twice, and Ana, who was removed.
past() {
	repo
	put paul-novak.ini <<-'EOF'
		# writes horror
		[contact]
		name = Paul Novak
		uid = 7
		phone.cell = 1
		phone.home = 5
		title = novelist
	EOF
	put work/ana.ini <<-'EOF'
		[contact]
		name = Ana Ruiz
		uid = 8
	EOF
	commit_all begin 2020-01-01
	edit paul-novak.ini 's/phone.cell = 1/phone.cell = 2/'
	commit_all phone 2021-01-01
	edit paul-novak.ini '/phone.home/d'
	commit_all 'no home' 2022-01-01
	edit paul-novak.ini 's/novelist/poet/'
	commit_all title 2023-01-01
	rm -r "$KITH_BOOK/work"
	commit_all 'no ana' 2024-01-01
}

# edit FILE SED: by hand.
edit() {
	sed -i "$2" "$KITH_BOOK/$1"
}

# short REV: as kith shows a commit.
short() {
	in_book rev-parse --short=7 "$1"
}

# as_of REV FILE: the file of the book has the bytes of that commit.
as_of() {
	in_book cat-file blob "$1:./$2" | cmp - "$KITH_BOOK/$2"
}

# committed SUBJECT: HEAD has that subject and is of this command; nothing is left to commit.
committed() {
	[ "$(subjects -1)" = "$1" ]
	[ "$(told)" = restore ]
	clean
}

# ---- fields

@test "a field gets the values it had before its last change" {
	past
	kith restore paul phone
	expect_err 0 "paul-novak: restored phone from $(short HEAD~4)"
	holds paul-novak.ini <<-'EOF'
		# writes horror
		[contact]
		name = Paul Novak
		uid = 7
		phone.cell = 2
		phone.home = 5
		title = poet
	EOF
	committed "paul-novak: restored phone from $(short HEAD~4)"
	kith restore paul phone.cell
	says "paul-novak: restored phone.cell from $(short HEAD~6)"
	kith show paul -k phone
	expect 0 < <(printf '1\n5\n')
	kith restore 'paul novak' title
	kith show paul -k title
	expect 0 <<<novelist
	clean
}

@test "a field as of a commit or a day; what it has not then goes" {
	past
	kith restore paul phone --at 2020-06-01
	says "paul-novak: restored phone from $(short HEAD~5)"
	kith show paul -k phone
	expect 0 < <(printf '1\n5\n')
	kith restore paul phone --at HEAD~1
	kith show paul -k phone
	expect 0 <<<2
	kith restore paul phone --at HEAD~1
	kith set paul org=X
	kith restore paul org --at 2020-06-01
	kith show paul -k org
	expect_nothing 1
	before=$(head_name)
	kith restore paul title --at HEAD
	expect_err 0 'paul-novak: nothing to change'
	[ "$(head_name)" = "$before" ]
	clean
}

@test "an edit by hand of the field is taken back, and kept in history" {
	past
	edit paul-novak.ini 's/poet/baker/'
	kith restore paul title
	expect_err 0 "paul-novak: restored title from $(short HEAD~2)"
	as_of HEAD~2 paul-novak.ini
	[ "$(subjects -2 | tail -1)" = 'paul-novak: title' ]
	committed "paul-novak: restored title from $(short HEAD~2)"
}

@test "a field is followed to the name its contact had" {
	past
	kith rename paul-novak 'Paul Weld'
	kith restore paul title
	says "paul-weld: restored title from $(short HEAD~4)"
	kith restore paul name
	kith show paul-weld -k name
	expect 0 <<<'Paul Novak'
	kith restore paul-novak phone --at 2020-01-01
	kith show paul-weld -k phone
	expect 0 < <(printf '1\n5\n')
}

@test "a field that never was another stays" {
	past
	before=$(head_name)
	kith restore paul uid
	expect_err 1 "paul-novak: nothing else is known of uid; see 'kith history paul-novak'"
	kith restore paul no-such-key
	expect_nothing 1
	put new.ini <<<'title = x'
	kith restore new title
	expect_nothing 1
	[ "$(head_name)" = "$before" ]
}

# ---- who was removed

@test "a removed contact comes back as it was last, with its folder" {
	past
	kith restore ana
	expect_err 0 "ana: restored from $(short HEAD~2)"
	as_of HEAD~2 work/ana.ini
	committed "ana: restored from $(short HEAD~2)"
}

@test "who was removed is found by path, id, name and words, and among those there are" {
	past
	put ruiz-bakery.ini <<<'name = Bakery at Ruiz Street'
	put anabel.ini <<<'name = Anabel'
	commit_all
	for name in work/ana.ini ana 'Ana Ruiz' 'ruiz ana'; do
		kith restore "$name"
		has_status 0
		as_of HEAD~4 work/ana.ini
		in_book reset -q --hard HEAD~1
	done
	kith restore bakery
	expect_nothing 1
	grep -q 'kith history ruiz-bakery' err
}

@test "what was removed by hand and not committed comes back too" {
	past
	rm "$KITH_BOOK/paul-novak.ini"
	kith restore novak
	expect_err 0 "paul-novak: restored from $(short HEAD~2)"
	as_of HEAD~2 paul-novak.ini
	clean
}

@test "rm and restore leave the contact as it was" {
	past
	kith new 'Zoe Weld' note=hello
	cp "$KITH_BOOK/zoe-weld.ini" before
	kith rm -f zoe
	gone zoe-weld.ini
	kith restore zoe
	has_status 0
	holds zoe-weld.ini <before
	clean
	kith rm -f zoe
	kith restore zoe note
	expect_nothing 2
	grep -q 'zoe-weld.ini was removed; leave out note' err
	gone zoe-weld.ini
}

@test "what may not be called so any more stays away, and so does its folder" {
	repo
	put $'a\tb/zoe.ini' <<<'name = Zoe'
	commit_all
	rm -r "$KITH_BOOK"/a*
	commit_all
	kith restore zoe
	has_status 2
	grep -q 'cannot be a file of the book' err
	[ ! -e "$KITH_BOOK"/$'a\tb' ]
}

@test "of a version that is lost the file is named" {
	past
	local blob
	blob=$(in_book rev-parse HEAD~4:./paul-novak.ini)
	rm -f "$KITH_BOOK/.git/objects/${blob:0:2}/${blob:2}"
	kith restore paul phone.cell
	has_status 3
	[[ $(<err) == *paul-novak.ini:* ]]
}

@test "several who were removed are named" {
	past
	put a-weld.ini <<<'name = A Weld'
	put b-weld.ini <<<'name = B Weld'
	commit_all
	rm "$KITH_BOOK"/?-weld.ini
	commit_all
	kith restore weld
	expect_nothing 1
	grep -q 'a-weld, b-weld' err
	kith restore b-weld
	has_status 0
	gone a-weld.ini
}

@test "who was only renamed is not removed" {
	past
	in_book mv paul-novak.ini weld.ini
	edit weld.ini 's/Novak/Weld/'
	commit_all
	kith restore paul-novak
	expect_err 1 "kith restore: no contact 'paul-novak'"
	gone paul-novak.ini
}

@test "the path is taken meanwhile" {
	past
	mkdir "$KITH_BOOK/work"
	put work/ana.ini <<-'EOF'
		name = Ana Weld
		uid = 9
	EOF
	commit_all
	kith restore 'ana ruiz'
	expect_err 3 "book/work/ana.ini: there is somebody else now; 'kith rename work/ana.ini NEW-ID' \
makes room for ana"
	kith rename work/ana.ini ana-weld
	kith restore 'ana ruiz'
	has_status 0
	[ "$(sed -n 2p err)" = "work/ana-weld.ini answers to 'ana' too; 'kith check' tells more" ]
	as_of HEAD~4 work/ana.ini
}

@test "nobody of that name was ever there" {
	past
	kith restore zoe
	expect_err 1 "kith restore: no contact 'zoe'"
	kith restore zoe --at HEAD
	expect_nothing 1
	kith restore ana --at HEAD
	expect_nothing 1
	kith restore ''
	expect_nothing 2
	kith restore
	expect_nothing 2
	kith restore paul phone title
	expect_nothing 2
}

# ---- whole contacts

@test "a contact as of a commit; what is there is kept in history first" {
	past
	echo 'note = mine' >>"$KITH_BOOK/paul-novak.ini"
	cp "$KITH_BOOK/paul-novak.ini" mine
	kith restore paul --at 2020-06-01
	expect_err 0 "paul-novak: restored from $(short HEAD~6): phone.cell, phone.home, title, -note"
	as_of HEAD~6 paul-novak.ini
	in_book cat-file blob HEAD~1:paul-novak.ini | cmp - mine
	committed "paul-novak: restored from $(short HEAD~6): phone.cell, phone.home, title, -note"
	kith restore paul --at 2020-06-01
	expect_err 0 'paul-novak: nothing to change'
}

@test "an edit by hand goes back to the last commit" {
	past
	edit paul-novak.ini 's/poet/baker/'
	cp "$KITH_BOOK/paul-novak.ini" mine
	kith restore paul
	expect_err 0 "paul-novak: restored from $(short HEAD~2): title"
	as_of HEAD~2 paul-novak.ini
	in_book cat-file blob HEAD~1:paul-novak.ini | cmp - mine
	clean
	kith restore paul
	expect_err 1 "paul-novak: it is as in the last commit; --at REV restores an earlier one, as \
'kith history paul-novak' names them"
	put new.ini <<<'name = New'
	kith restore new
	expect_err 1 "new: the last commit has no new.ini to go back to; 'kith save' commits it as it is"
	holds new.ini <<<'name = New'
}

@test "what a version changes is told by its keys, each once, and no values" {
	repo
	put ada.ini <<-'EOF'
		name = Ada
		tags = a, b
		[log]
		2026-01-01 = one
		2026-01-01 = two
	EOF
	commit_all
	put ada.ini <<<$'# more\nname = Ada\ntags = c'
	commit_all
	kith restore ada --at HEAD~1
	says "ada: restored from $(short HEAD~2): tags, log 2026-01-01"
	sed -i 's/^name/\n&/' book/ada.ini
	kith restore ada
	says "ada: restored from $(short HEAD~2): layout"
	for i in {1..12}; do
		echo "key$i = x"
	done | put ada.ini
	kith restore ada
	says "ada: restored from $(short HEAD~2): name, tags, -key1, -key2, -key3, -key4, -key5, \
-key6 and 7 more"
}

# ---- log and todo

@test "lines of the log that are gone come back, and what was written since stays" {
	past
	put ben.ini <<-'EOF'
		name = Ben
		[log]
		2026-01-01 = one
		2026-01-02 = two
		2026-01-03 = three
		soon = whenever
	EOF
	commit_all
	edit ben.ini '/two/d; /soon/d'
	commit_all
	kith set ben title=x
	kith log ben --on 2026-01-02 'other'
	edit ben.ini '/one/d'
	kith restore ben log
	expect_err 0 "ben: restored log from $(short HEAD~2)"
	committed "ben: restored log from $(short HEAD~2)"
	kith restore ben Log
	expect_err 0 "ben: restored Log from $(short HEAD~6)"
	holds ben.ini <<-'EOF'
		name = Ben
		title = x
		[log]
		2026-01-01 = one
		2026-01-02 = other
		2026-01-02 = two
		2026-01-03 = three
		soon = whenever
	EOF
	clean
	kith restore ben log
	expect_err 1 "ben: no line of log is gone; see 'kith history ben'"
	kith restore paul log
	expect_nothing 1
}

@test "a promise that was done is open again, and a line that was changed comes back beside" {
	past
	kith todo paul 2026-12-05 'send the book'
	kith done paul 1
	kith restore paul todo
	expect_err 0 "paul-novak: restored todo from $(short HEAD~2)"
	grep -qx '2026-12-05 = send the book' book/paul-novak.ini
	edit paul-novak.ini 's/done: send/done: sent/'
	kith restore paul log --at HEAD
	has_status 0
	[ "$(grep -c 'done: sen[dt] the book' book/paul-novak.ini)" -eq 2 ]
	kith restore paul todo --at HEAD
	expect_err 0 'paul-novak: nothing to change'
	clean
}

@test "who is called otherwise now gets the old text at the new path" {
	past
	kith rename paul-novak weld
	kith restore weld --at 2020-06-01
	has_status 0
	in_book cat-file blob HEAD~6:paul-novak.ini | cmp - "$KITH_BOOK/weld.ini"
	gone paul-novak.ini
}

@test "other changes in the book stay as they are" {
	past
	put ben.ini <<<'name = Ben'
	put cy.ini <<<'name = Cy'
	in_book add ben.ini
	before=$(state)
	kith restore ana
	has_status 0
	[ "$(state)" = "$before" ]
	kith restore paul title
	[ "$(state)" = "$before" ]
}

# ---- what is damaged

@test "a damaged version comes back byte for byte, with a warning; what is no text does not" {
	repo
	put ada.ini < <(printf 'name = Ada\nnote = \xe9\r\njunk\n')
	commit_all
	put ada.ini <<<'name = Ada'
	commit_all
	put ada.ini < <(printf 'name\0')
	commit_all
	put ada.ini <<<'name = Ada'
	commit_all
	kith restore ada --at HEAD~3
	has_status 0
	as_of HEAD~4 ada.ini
	grep -q "^ada.ini in $(short HEAD~4), line 2: " err
	clean
	kith restore ada --at HEAD~2
	expect_nothing 3
	grep -q 'is no text; nothing is restored' err
	as_of HEAD~4 ada.ini
}

@test "a version with a conflict has no fields, but may come back whole" {
	repo
	put ada.ini <<-'EOF'
		name = Ada
		<<<<<<< ours
		phone = 1
		=======
		phone = 2
		>>>>>>> theirs
	EOF
	commit_all
	put ada.ini <<-'EOF'
		name = Ada
		phone = 3
	EOF
	commit_all
	kith restore ada phone --at HEAD~1
	expect_nothing 3
	grep -q 'has a conflict in it' err
	kith restore ada --at HEAD~1
	has_status 0
	as_of HEAD~2 ada.ini
}

# ---- without a history of kith's

@test "without commits of kith's own nothing is lost unasked" {
	past
	put .kith/config <<<$'[history]\ncommit = no'
	commit_all
	kith restore paul --at 2020-06-01
	expect_err 0 "paul-novak: restored from $(short HEAD~5): phone.cell, phone.home, title"
	echo 'note = mine' >>"$KITH_BOOK/paul-novak.ini"
	cp "$KITH_BOOK/paul-novak.ini" mine
	kith restore paul
	expect_nothing 3
	grep -q 'the book has no history' err
	holds paul-novak.ini <mine
	terminal 'kith restore paul' <<<n
	has_status 3
	holds paul-novak.ini <mine
	terminal 'kith restore paul' <<<y
	has_status 0
	as_of HEAD paul-novak.ini
	cp mine "$KITH_BOOK/paul-novak.ini"
	kith restore -f paul
	expect_err 0 "paul-novak: restored from $(short HEAD): phone.cell, title, -phone.home, -note"
	as_of HEAD paul-novak.ini
	[ "$(subjects -1)" = 'by hand' ]
}

@test "while a merge is under way what is not in history is not replaced" {
	past
	edit paul-novak.ini 's/poet/baker/'
	cp "$KITH_BOOK/paul-novak.ini" mine
	in_book rev-parse HEAD >"$KITH_BOOK/.git/MERGE_HEAD"
	kith restore paul
	expect_nothing 3
	grep -q 'a merge is under way' err
	holds paul-novak.ini <mine
	before=$(head_name)
	kith restore -f paul
	has_status 0
	as_of HEAD paul-novak.ini
	[ "$(head_name)" = "$before" ]
}

@test "in a folder of a larger repository" {
	repo_at "$BATS_TEST_TMPDIR/larger"
	export KITH_BOOK=$BATS_TEST_TMPDIR/larger/people
	put work/ana.ini <<<'name = Ana Ruiz'
	put ben.ini <<<'name = Ben'
	echo x >larger/other
	commit_all begin 2020-01-01
	kith set ana phone=1
	kith rm -f ana
	kith restore ana
	has_status 0
	holds work/ana.ini < <(printf 'name = Ana Ruiz\nphone = 1\n')
	clean
	kith show ana --at 2020-01-01 --raw
	expect 0 <<<'name = Ana Ruiz'
	kith show ana --dates
	expect 0 <<-'EOF'
		Ana Ruiz  work/ana.ini
		  2020-01-01, 6 years ago    name   Ana Ruiz
		  2026-11-21, today          phone  1
	EOF
}
