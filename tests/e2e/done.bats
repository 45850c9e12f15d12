# kith done: a kept promise moves to the log.
# shellcheck disable=SC1010 # done is a command here
load lib

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
	expect_err 0 "ada: done, moved to the log"
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
	expect_err 0 "ada: done, moved to the log"
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
	expect_err 0 "ada: done, moved to the log"
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
usage: kith done NAME [N|WORDS]   (kith help done)"
	kith done ada 1 --kind walk
	expect_err 2 "kith done: 'walk' is no kind; [kinds] in .kith/config can add some
usage: kith done NAME [N|WORDS]   (kith help done)"
	kith done ada 1 --on 2026
	expect_err 2 "kith done: '2026' is no whole date; write it as 2026-11-18
usage: kith done NAME [N|WORDS]   (kith help done)"
}
