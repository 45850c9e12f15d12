# kith undo: one commit is taken back, by field; what came later stays.
load lib
load git
load terminal

# A book in a repository, with Paul in it.
book() {
	repo
	put paul.ini <<-'EOF'
		# the writer
		[contact]
		name   = Paul Novak
		phone  = 1
		tags   = writer

		[log]
		2026-01-01 = call: hello
	EOF
	commit_all
}

# short [REV]: the commit's name as kith shows it.
short() {
	in_book rev-parse --short=7 "${1:-HEAD}"
}

@test "the last command is taken back, and what came later stays" {
	book
	cp book/paul.ini before
	kith set paul phone=2
	kith log paul 'second'
	local log set
	log=$(short) set=$(short HEAD~1)
	kith undo
	expect_err 0 "paul: -log 2026-11-21
took back $log (paul: log 2026-11-21); 'kith undo $(short)' brings it back"
	grep -q 'phone  = 2' book/paul.ini
	[ "$(told)" = "undo $(in_book rev-parse HEAD~1)" ]
	kith undo
	expect_err 0 "paul: phone
took back $set (paul: phone); 'kith undo $(short)' brings it back"
	holds paul.ini <before
	subjects | diff - <(printf '%s\n' 'undo: paul: phone' 'undo: paul: log 2026-11-21' \
		'paul: log 2026-11-21' 'paul: phone' 'by hand')
	clean
}

@test "a commit before the last: fields that others changed since keep that" {
	book
	kith set paul phone=2 org=Harbor
	kith tag paul +tampa
	kith set paul name='Paul Nowak' phone=3
	kith undo HEAD~2
	expect_err 4 "paul: phone was changed since, it stays
paul: -org
took back $(short HEAD~3) (paul: phone, org); 'kith undo $(short)' brings it back"
	holds paul.ini <<-'EOF'
		# the writer
		[contact]
		name   = Paul Nowak
		phone  = 3
		tags   = writer, tampa

		[log]
		2026-01-01 = call: hello
	EOF
	clean
}

@test "what was taken out since is not put back" {
	book
	kith set paul phone=2
	kith unset paul phone
	kith undo HEAD~1
	expect_err 4 "paul: phone was taken out since, it stays so
nothing to take back of $(short HEAD~1) (paul: phone); 'kith undo REV' takes back another"
	clean
}

@test "where nothing is left of the last command, the one before is named" {
	book
	local org phone
	kith set paul org=X
	org=$(short)
	kith tag paul +tampa
	kith undo
	kith set paul phone=2
	phone=$(short)
	sed -i 's/phone  = 2/phone  = 3/' book/paul.ini
	kith undo
	expect_err 4 "paul: phone was changed since (by hand, not committed), it stays
nothing to take back of $phone (paul: phone); 'kith undo $org' takes back the one before (paul: org)"
	grep -q 'org *= X' book/paul.ini
	commit_all
	kith undo
	expect_err 4 "paul: phone was changed since, it stays
nothing to take back of $phone (paul: phone); 'kith undo $org' takes back the one before (paul: org)"
	kith undo "$org"
	has_status 0
	kith show paul -k org
	expect_nothing 1
	kith undo
	expect_err 4 "paul: phone was changed since, it stays
nothing to take back of $phone (paul: phone); 'kith undo REV' takes back another"
	clean
}

@test "what was changed by hand since, and is not committed, is said to be that" {
	book
	kith new Zoe
	kith set paul phone=2
	sed -i '/^phone/d' book/paul.ini
	sed -i 's/^name.*/name = Zo/' book/zoe.ini
	kith undo HEAD~1
	expect_err 4 "zoe: it was changed since (by hand, not committed), and is not removed
nothing to take back of $(short HEAD~1) (zoe: new); 'kith undo REV' takes back another"
	kith undo HEAD
	expect_err 4 "paul: phone was taken out since (by hand, not committed), it stays so
nothing to take back of $(short) (paul: phone); 'kith undo $(short HEAD~1)' takes back the one \
before (zoe: new)"
	kith set paul phone=3
	sed -i 's/hello/hallo/' book/paul.ini
	kith undo HEAD~2
	has_status 4
	grep -qx 'paul: phone was changed since, it stays' err
}

@test "what kith changed last and could not commit is not passed over" {
	book
	kith set paul phone=2
	touch book/.git/index.lock
	kith tag paul +tampa
	grep -q 'not committed' err
	rm book/.git/index.lock
	local head wanted
	head=$(head_name)
	cp book/paul.ini before
	wanted="kith undo: what kith changed last (paul.ini) is not in history yet; 'kith save' commits \
it, and 'kith undo REV' takes that back"
	for _ in 1 2; do
		kith undo
		expect_err 4 "$wanted"
	done
	kith undo --dry-run
	expect_err 4 "$wanted"
	[ "$(head_name)" = "$head" ]
	holds paul.ini <before
	kith save
	has_status 0
	kith undo HEAD
	has_status 0
	grep -q 'phone  = 2' book/paul.ini
	grep -qx 'tags   = writer' book/paul.ini
	clean
}

@test "of several that are not committed a few are named; a commit that is named is taken back" {
	book
	crowd 6
	commit_all
	kith set paul phone=2
	in_book rev-parse HEAD >book/.git/MERGE_HEAD
	kith tag 'name:C' +near
	kith rm -f c2
	kith undo
	expect_err 4 "kith undo: what kith changed last (c1.ini, c2.ini, c3.ini and 3 more) is not in \
history yet; 'kith save' commits it, and 'kith undo REV' takes that back"
	kith undo HEAD
	has_status 0
	grep -q 'phone  = 1' book/paul.ini
	rm book/.git/MERGE_HEAD
}

@test "a note of what is in history after all stands in nobody's way" {
	book
	kith set paul phone=2
	mkdir -p book/.git/kith
	printf 'paul.ini\0gone.ini\0' >book/.git/kith/pending
	kith undo
	has_status 0
	grep -q 'phone  = 1' book/paul.ini
	clean
}

@test "an undo is undone, and then taken back once more" {
	book
	cp book/paul.ini before
	kith set paul phone=2
	cp book/paul.ini after
	kith undo
	kith undo HEAD
	expect_err 0 "paul: phone
took back $(short HEAD~1) (undo: paul: phone); 'kith undo $(short)' brings it back"
	holds paul.ini <after
	[ "$(subjects -1)" = 'redo: paul: phone' ]
	kith undo
	has_status 0
	holds paul.ini <before
	[ "$(subjects -1)" = 'undo: paul: phone' ]
	kith undo
	expect_err 1 "kith undo: no command of kith is left to take back; 'kith undo REV' takes back \
any commit ('kith history' shows them)"
	clean
}

@test "what was done by hand is passed over, and can be named" {
	book
	kith set paul phone=2
	sed -i 's/Novak/Nowak/' book/paul.ini
	commit_all 'with git'
	sed -i 's/hello/hallo/' book/paul.ini
	kith tag paul +tampa
	subjects -2 | diff - <(printf '%s\n' 'paul: +tags tampa' 'paul: log 2026-01-01')
	[ "$(told HEAD~1)" = hand ]
	kith undo
	kith undo
	has_status 0
	[ "$(subjects -1)" = 'undo: paul: phone' ]
	grep -q Nowak book/paul.ini
	grep -q hallo book/paul.ini
	kith undo HEAD~3
	has_status 0
	grep -q hello book/paul.ini
	kith undo HEAD~5
	has_status 0
	grep -q Novak book/paul.ini
	clean
}

@test "what is as it was already is passed over" {
	book
	kith set paul org=X
	kith set paul phone=2
	sed -i 's/phone  = 2/phone  = 1/' book/paul.ini
	kith undo
	expect_err 0 "paul: -org
took back $(short HEAD~3) (paul: org); 'kith undo $(short)' brings it back"
	grep -q 'phone  = 1' book/paul.ini
	kith undo HEAD~2
	expect_err 0 "nothing to take back of $(short HEAD~2) (paul: phone); 'kith undo REV' takes \
back another"
	clean
}

# crowd N: so many contacts, made by hand.
crowd() {
	local i
	for ((i = 1; i <= $1; i++)); do
		put "c$i.ini" <<<"name = C $i"
	done
}

@test "what save committed was made by hand, and is passed over too" {
	book
	kith set paul phone=2
	crowd 2
	kith save
	[ "$(told)" = save ]
	kith undo
	has_status 0
	[ "$(subjects -1)" = 'undo: paul: phone' ]
	[ -f book/c1.ini ]
	kith undo
	expect_nothing 1
	kith undo HEAD~1
	has_status 0
	gone c1.ini
	gone c2.ini
	clean
}

@test "many contacts are not removed unasked" {
	book
	crowd 11
	kith save
	kith undo HEAD
	expect_err 1 "kith undo: 11 of 12 contacts would be removed: nothing is taken back without \
--force ('--dry-run' names them)"
	[ -f book/c11.ini ]
	clean
	terminal 'kith undo HEAD' <<<n
	has_status 1
	grep -q 'this removes 11 of 12 contacts; take it back? \[y/N\]' out
	[ -f book/c11.ini ]
	kith undo HEAD --dry-run
	has_status 0
	terminal 'kith undo HEAD' <<<y
	has_status 0
	gone c11.ini
	[ -f book/paul.ini ]
	kith undo HEAD
	kith undo -f HEAD
	has_status 0
	gone c11.ini
	clean
}

@test "ten contacts go unasked, and so does a fifth of the book" {
	book
	crowd 10
	kith save
	kith undo HEAD
	has_status 0
	gone c10.ini
	crowd 44
	commit_all
	for i in {1..11}; do
		put "d$i.ini" <<<'name = D'
	done
	kith save
	kith undo HEAD
	has_status 0
	gone d11.ini
	crowd 43
	rm book/c44.ini
	commit_all
	kith undo HEAD~2
	has_status 0
	rm book/c43.ini
	commit_all
	kith undo HEAD~1
	has_status 0
	clean
}

@test "an edit by hand that no commit has yet is committed apart, and stays" {
	book
	kith set paul phone=2
	sed -i 's/Novak/Nowak/' book/paul.ini
	kith undo
	has_status 0
	grep -q Nowak book/paul.ini
	grep -q 'phone  = 1' book/paul.ini
	[ "$(told HEAD~1)" = hand ]
	[ "$(subjects -2)" = $'undo: paul: phone\npaul: name' ]
	clean
}

@test "who was made goes, unless somebody wrote there since" {
	book
	kith new Ana Ruiz
	kith new Zoe
	kith set zoe phone=1
	kith undo HEAD~2
	has_status 0
	gone ana-ruiz.ini
	[ -f book/paul.ini ]
	kith undo HEAD~2
	expect_err 4 "zoe: it was changed since, and is not removed
nothing to take back of $(short HEAD~2) (zoe: new); 'kith undo REV' takes back another"
	[ -f book/zoe.ini ]
	clean
}

@test "who was removed comes back to the byte, if the name is free" {
	book
	mkdir book/work
	printf 'name = Zoe\r\n; no end' | put work/zoe.ini
	commit_all
	cp book/work/zoe.ini before
	kith rm -f zoe
	kith undo
	expect_err 0 "work/zoe.ini is back
took back $(short HEAD~1) (zoe: removed); 'kith undo $(short)' brings it back"
	holds work/zoe.ini <before
	kith undo HEAD
	gone work/zoe.ini
	kith set paul alias=zoe
	kith undo HEAD~1
	expect_err 4 "zoe: the name is taken by paul.ini now, it does not come back
nothing to take back of $(short HEAD~1) (redo: zoe: removed); 'kith undo $(short HEAD~3)' takes back \
the one before (zoe: removed)"
	kith unset paul alias
	mkdir book/work/zoe.ini
	kith undo HEAD~2
	expect_err 4 "zoe: it does not come back to work/zoe.ini: the name 'zoe.ini' is taken
nothing to take back of $(short HEAD~2) (redo: zoe: removed); 'kith undo $(short HEAD~4)' takes back \
the one before (zoe: removed)"
}

@test "who was renamed gets the old name, and all who refer follow" {
	book
	put zoe.ini <<<$'name = Zoe\nvia = paul'
	put .kith/config <<<$'[book]\nme = paul'
	commit_all
	cp book/paul.ini before
	kith rename paul 'Paul Nowak'
	kith undo
	expect_err 0 "paul-nowak.ini is paul.ini again: name, -alias
.kith/config is as before
zoe: via
took back $(short HEAD~1) ($(subjects -1 HEAD~1)); 'kith undo $(short)' brings it back"
	holds paul.ini <before
	gone paul-nowak.ini
	holds zoe.ini <<<$'name = Zoe\nvia = paul'
	holds .kith/config <<<$'[book]\nme = paul'
	clean
	kith undo HEAD
	has_status 0
	gone paul.ini
	holds zoe.ini <<<$'name = Zoe\nvia = paul-nowak'
	clean
}

@test "who was moved goes back to the folder" {
	book
	mkdir book/work
	kith rename paul work/paul.ini
	kith undo
	expect_err 0 "work/paul.ini is paul.ini again
took back $(short HEAD~1) ($(subjects -1 HEAD~1)); 'kith undo $(short)' brings it back"
	clean
}

@test "who refers to the later name since still finds the contact" {
	book
	put zoe.ini <<<'name = Zoe'
	commit_all
	kith rename paul paul-nowak
	kith set zoe via=paul-nowak
	kith undo HEAD~1
	has_status 0
	kith show paul-nowak -k name
	expect 0 <<<'Paul Novak'
	grep -q '^alias  = paul-nowak$' book/paul.ini
	holds zoe.ini <<<$'name = Zoe\nvia = paul-nowak'
	clean
}

@test "a name that was changed once more since stays, and so does a name that is taken" {
	book
	put zoe.ini <<<$'name = Zoe\nvia = paul'
	commit_all
	kith rename paul paul-nowak
	kith rename paul-nowak p-n
	cp book/p-n.ini before
	kith undo HEAD~1
	has_status 4
	grep -qx 'p-n: it was renamed since, its name stays' err
	holds p-n.ini <before
	kith check
	has_status 0
	kith undo HEAD
	[ -f book/paul-nowak.ini ]
	put paul.ini <<<'name = Paul the other'
	kith undo HEAD~2
	has_status 4
	grep -qx 'paul: the name is taken by paul.ini now, it does not come back' err
	[ -f book/paul-nowak.ini ]
}

@test "a contact that was renamed since is found by its new name" {
	book
	kith set paul phone=2
	kith rename paul 'Pablo N'
	kith undo HEAD~1
	expect_err 0 "pablo-n: phone
took back $(short HEAD~2) (paul: phone); 'kith undo $(short)' brings it back"
	grep -q 'phone  = 1' book/pablo-n.ini
	kith rm -f pablo-n
	kith undo HEAD~3
	expect_err 4 "paul: it is not there any more
nothing to take back of $(short HEAD~3) (paul: phone); 'kith undo REV' takes back another"
}

@test "of many contacts one was changed since: the others are taken back" {
	book
	put ana.ini <<<$'name = Ana\ntags = far'
	put zoe.ini <<<'name = Zoe'
	commit_all
	kith tag '(paul OR ana OR zoe)' +near
	kith log ana,zoe 'lunch'
	kith set zoe tags=new
	kith undo HEAD~2
	has_status 0
	holds ana.ini <<-'EOF'
		name = Ana
		tags = far

		[log]
		2026-11-21 = lunch [[zoe]]
	EOF
	kith undo HEAD~2
	has_status 0
	holds ana.ini <<<$'name = Ana\ntags = far'
	grep -q '^tags = new$' book/zoe.ini
	sed -i '1i <<<<<<< x\n=======\n>>>>>>> y' book/ana.ini
	kith undo HEAD
	has_status 4
	grep -q '^ana: it cannot be merged by field' err
	grep -q lunch book/zoe.ini
}

@test "two contacts that became one are two again" {
	book
	put zoe.ini <<<$'name = Zoe\nphone = 7'
	commit_all
	sed -i '/^name/a alias = zoe' book/paul.ini
	rm book/zoe.ini
	commit_all 'zoe is paul'
	kith undo HEAD
	has_status 0
	holds zoe.ini <<<$'name = Zoe\nphone = 7'
	kith list -c id alias:
	expect_nothing 1
	clean
}

@test "a dry run only says it" {
	book
	kith set paul phone=2 org=X
	cp book/paul.ini before
	kith set paul org=Y
	local head
	head=$(head_name)
	kith undo HEAD~1 --dry-run
	expect 4 <<<'paul: phone'
	says "paul: org was changed since, it stays
this would take back $(short HEAD~1) (paul: phone, org)"
	[ "$(head_name)" = "$head" ]
	grep -q 'phone  = 2' book/paul.ini
	clean
}

@test "settings are taken back as a whole, or not at all" {
	repo
	put .kith/config <<<$'[book]\nme = ana'
	put ana.ini <<<'name = Ana'
	commit_all
	kith rename ana zoe
	echo '# more' >>book/.kith/config
	kith undo
	has_status 4
	grep -qx '.kith/config: they were changed since (by hand, not committed), and stay' err
	[ -f book/ana.ini ]
	holds .kith/config <<<$'[book]\nme = zoe\n# more'
}

@test "a commit is named as git does, or by its day" {
	book
	in_book tag start
	kith set paul phone=2
	dated 2026-11-20 kith undo 2026-11-21
	has_status 0
	grep -q 'phone  = 1' book/paul.ini
	kith undo nothing
	expect_nothing 1
	kith undo --  --all
	expect_nothing 1
	kith undo start
	has_status 0
	gone paul.ini
}

@test "a commit that changed no contact" {
	book
	echo x >book/readme.txt
	commit_all 'other things'
	kith undo HEAD
	expect_err 1 "kith undo: $(short) (other things) changed no contact"
	kith undo
	expect_nothing 1
}

@test "the first commit of all" {
	book
	kith undo HEAD
	expect_err 0 "paul.ini is removed
took back $(short HEAD~1) (by hand); 'kith undo $(short)' brings it back"
	gone paul.ini
	clean
}

@test "without history, and with none to be written" {
	put paul.ini <<<'name = Paul'
	kith undo
	expect_nothing 3
	repo
	kith undo
	expect_nothing 1
	commit_all
	kith set paul phone=1
	put .kith/config <<<$'[history]\ncommit = no'
	kith undo
	expect_err 0 "paul: -phone
took back $(short) (paul: phone)"
	holds paul.ini <<<'name = Paul'
}

@test "a book that is a folder of a larger repository" {
	KITH_BOOK=$BATS_TEST_TMPDIR/all/people
	mkdir -p "$KITH_BOOK"
	repo_at all
	put paul.ini <<<'name = Paul'
	echo 1 >all/other
	commit_all
	kith set paul phone=1
	echo 2 >all/other
	git -C all add other
	kith undo
	has_status 0
	holds paul.ini <<<'name = Paul'
	[ "$(state)" = 'M  other' ]
}

@test "wrong usage" {
	book
	kith undo HEAD HEAD~1
	expect_err 2 "kith undo: it takes back one commit at a time
usage: kith undo [REV]   (kith help undo)"
}
