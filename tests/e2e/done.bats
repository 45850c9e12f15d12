# kith done: a kept promise moves to the log.
# shellcheck disable=SC1010 # done is a command here
load lib
load git

ada() {
	put ada.ini <<-'EOF'
		name = Ada
		[log]
		2026-11-01 = x
		[todo]
		2026-11-20 = thank her for the card
		# soon
		2026-12-05 = they: send the dates
		2026-12-06 = thank Tom
	EOF
}

@test "the line leaves the todo and stands in the log" {
	ada
	kith done ada 1
	expect_err 0 "ada: done: thank her for the card"
	holds ada.ini <<-'EOF'
		name = Ada
		[log]
		2026-11-01 = x
		2026-11-21 = note: done: thank her for the card
		[todo]
		# soon
		2026-12-05 = they: send the dates
		2026-12-06 = thank Tom
	EOF
	kith list ada -c last
	expect 0 <<<2026-11-01
}

@test "words of it do as well; theirs stays theirs" {
	ada
	kith done ada SEND the
	expect_err 0 "ada: done: send the dates"
	sed -n 4p book/ada.ini | diff - <(echo '2026-11-21 = note: done: they: send the dates')
}

@test "--kind and --on: it counts as an encounter of that day" {
	ada
	kith done ada 2 --kind met --on 'last friday'
	sed -n 4p book/ada.ini | diff - <(echo '2026-11-20 = met: done: they: send the dates')
	kith list ada -c last
	expect 0 <<<2026-11-20
}

@test "several that fit are named, and nothing is written" {
	ada
	cp book/ada.ini before
	kith done ada thank
	expect_err 1 "book/ada.ini: which one? 1 'thank her for the card', 3 'thank Tom'"
	kith done ada
	expect_err 1 "book/ada.ini: which one? 1 'thank her for the card', 2 'send the dates', 3 'thank Tom'"
	kith done ada 4
	expect_err 1 "book/ada.ini: no open promise '4'; 'kith todo NAME' lists them"
	kith done ada 0
	expect_nothing 1
	holds ada.ini <before
}

@test "the only promise needs no number, and is done once" {
	put ada.ini <<<$'name = Ada\n[todo]\n2026-11-20 = x'
	kith done ada
	expect_err 0 "ada: done: x"
	kith done ada
	expect_err 1 "book/ada.ini: nothing is promised"
	kith done ada 1
	expect_err 1 "book/ada.ini: nothing is promised"
	[ "$(grep -c 'done: x' book/ada.ini)" -eq 1 ]
}

@test "a promise of several lines moves whole" {
	put ada.ini <<<$'name = Ada\n[todo]\n2026-11-20 = x\n   # y\n   z'
	kith done ada
	kith show ada --json
	grep -qF '"text": "done: x\n# y\nz"' out
	grep -qF '"todo": []' out
}

@test "wrong usage" {
	ada
	kith done
	expect_err 2 "kith done: who is meant?
usage: kith done NAME|QUERY [N|WORDS]   (kith help done)"
	kith done ada 1 --kind walk
	expect_err 2 "kith done: 'walk' is no kind; [kinds] in .kith/config can add some
usage: kith done NAME|QUERY [N|WORDS]   (kith help done)"
	kith done ada 1 --on 2026
	expect_err 2 "kith done: '2026' is no whole date; write it as 2026-11-18
usage: kith done NAME|QUERY [N|WORDS]   (kith help done)"
}

# Who reads together; two Toms.
group() {
	put ada.ini <<<$'tags = reading\n[todo]\n2026-11-20 = send the list\n2026-11-21 = ring her'
	put tom-weld.ini <<<$'name = Tom Weld\ntags = reading\n[todo]\n2026-11-22 = send the list'
	put tom-zak.ini <<<$'name = Tom Zak\n[todo]\n2026-11-23 = they: @fair the book'
}

@test "of a query, the one promise that fits" {
	group
	kith done '#reading' ring
	expect_err 0 "ada: done: ring her"
	holds ada.ini <<-'EOF'
		tags = reading

		[log]
		2026-11-21 = note: done: ring her

		[todo]
		2026-11-20 = send the list
	EOF
	kith done @fair --kind got
	expect_err 0 "tom-zak: done: @fair the book"
	grep got: book/tom-zak.ini | diff - <(echo '2026-11-21 = got: done: they: @fair the book')
}

@test "of a name that several have" {
	group
	kith done tom BOOK
	expect_err 0 "tom-zak: done: @fair the book"
	kith done tom
	expect_err 0 "tom-weld: done: send the list"
	kith done tom
	expect_err 1 "kith done: none of them has an open promise"
}

@test "several that fit are listed, and nothing is written" {
	group
	cp -r book before
	kith done '#reading' send
	expect_err 1 "kith done: which one? Say whose, or more of its words, or --all
  2026-11-20  ada  1  send the list
  2026-11-22  tom-weld  1  send the list"
	kith done '#reading' sing
	expect_err 1 "kith done: none of them has an open promise 'sing'"
	kith done '#none' sing
	expect_nothing 1
	kith done ''
	expect_nothing 2
	kith done '#reading' send --all --dry-run
	expect 0 <<-'EOF'
		2026-11-20  ada       1  send the list
		2026-11-22  tom-weld  1  send the list
	EOF
	kith done ada --dry-run
	has_status 0
	kith done tom sing --dry-run
	expect_nothing 1
	diff -r before book
}

@test "--all does all that fit, in one commit" {
	repo
	group
	commit_all
	kith done '#reading' --all
	expect_err 0 "ada: 2 done, moved to the log
tom-weld: done: send the list"
	grep -h 2026 book/{ada,tom-weld}.ini | diff -u - <(printf '2026-11-21 = note: done: %s\n' \
		'send the list' 'ring her' 'send the list')
	[ "$(subjects | wc -l)" -eq 2 ]
	clean
	kith done '#reading' --all
	expect_err 1 "kith done: none of them has an open promise"
}

@test "--all of one contact" {
	ada
	kith done ada thank --all
	expect_err 0 "ada: 2 done, moved to the log"
	[ "$(grep -c 'note: done: thank' book/ada.ini)" -eq 2 ]
	kith done ada --all
	kith done ada --all
	expect_err 1 "book/ada.ini: nothing is promised"
}

@test "a file that cannot be changed does not keep the others from it" {
	group
	{ cat book/ada.ini; printf '<<<<<<< a\n=======\n>>>>>>> b\n'; } >new
	mv new book/ada.ini
	cp book/ada.ini before
	kith done '#reading' send --all
	has_status 3
	grep -q '^tom-weld: done' err
	holds ada.ini <before
}

@test "an event means the promises that name it" {
	put ada.ini <<<$'name = Ada\n[todo]\n2026-11-30 = @fair bring the proofs\n2026-11-30 = tell nobody'
	kith todo @fair
	expect 0 <<<'2026-11-30  ada  1  @fair bring the proofs'
	kith done @Fair --all
	has_status 0
	kith todo
	expect 0 <<<'2026-11-30  ada  1  tell nobody'
}

@test "the number is looked up when nobody else can move it" {
	put ada.ini <<<$'name = Ada\n[todo]\n2026-11-30 = one\n2026-11-30 = two\n2026-11-30 = three'
	kith done ada 2 &
	command kith done ada 2 2>other
	wait
	# As if one had come after the other: two, then three.
	kith todo ada
	expect 0 <<<'2026-11-30  ada  1  one'
}
