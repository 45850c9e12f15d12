# kith log: what happened, with everybody it happened with.
# shellcheck disable=SC2016 # the editor's sh expands them
load lib
load terminal

ada() {
	put ada.ini <<<$'name = Ada\n[log]'
}

@test "an entry carries today's date" {
	ada
	kith log ada waiting out a storm
	expect_err 0 "ada: log 2026-11-21"
	holds ada.ini <<-'EOF'
		name = Ada
		[log]
		2026-11-21 = waiting out a storm
	EOF
}

@test "event and kind as they are typed, or by option" {
	ada
	kith log ada @dunkin-main call: a
	kith log ada --kind mail b
	kith log ada -k GOT @dunkin-main c
	kith log ada call: d --kind chat
	kith log ada 'see @dunkin-main call: e'
	kith log ada @dunkin-main
	kith log ada 'time: f'
	kith log ada -k met 'call: g'
	holds ada.ini <<-'EOF'
		name = Ada
		[log]
		2026-11-21 = @dunkin-main call: a
		2026-11-21 = mail: b
		2026-11-21 = @dunkin-main got: c
		2026-11-21 = chat: d
		2026-11-21 = see @dunkin-main call: e
		2026-11-21 = @dunkin-main
		2026-11-21 = time: f
		2026-11-21 = g
	EOF
}

@test "--on takes a date as people say it, and the log stays in order" {
	ada
	for on in 2026-03-02 yesterday '2 weeks ago' 2026-03-02 'last friday' -3d friday sunday; do
		kith log ada --on "$on" "on $on"
		has_status 0
	done
	holds ada.ini <<-'EOF'
		name = Ada
		[log]
		2026-03-02 = on 2026-03-02
		2026-03-02 = on 2026-03-02
		2026-11-07 = on 2 weeks ago
		2026-11-15 = on sunday
		2026-11-18 = on -3d
		2026-11-20 = on yesterday
		2026-11-20 = on last friday
		2026-11-20 = on friday
	EOF
}

@test "a log kept newest first stays so" {
	put ada.ini <<-'EOF'
		name = Ada
		[log]
		2026-10-01 = b
		2026-08-01 = a
	EOF
	kith log ada --on 2026-09-01 between
	kith log ada newest
	holds ada.ini <<-'EOF'
		name = Ada
		[log]
		2026-11-21 = newest
		2026-10-01 = b
		2026-09-01 = between
		2026-08-01 = a
	EOF
}

@test "several people share the entry, each linked to the others" {
	put ana.ini <<<'name = Ana'
	put tom.ini <<<'name = Tom'
	put zoe.ini <<<'name = Zoe'
	kith log ana,tom,ana -k call 'lunch with [[zoe]]'
	expect_err 0 "ana: log 2026-11-21
tom: log 2026-11-21"
	holds ana.ini <<-'EOF'
		name = Ana

		[log]
		2026-11-21 = call: lunch with [[zoe]] [[tom]]
	EOF
	holds tom.ini <<-'EOF'
		name = Tom

		[log]
		2026-11-21 = call: lunch with [[zoe]] [[ana]]
	EOF
	kith log 'zoe, tom' 'with [[tom]]'
	tail -n 1 book/zoe.ini | diff - <(echo '2026-11-21 = with [[tom]]')
	tail -n 1 book/tom.ini | diff - <(echo '2026-11-21 = with [[tom]] [[zoe]]')
}

@test "when one of them cannot be found nothing is written" {
	ada
	kith log ada,nobody x
	expect_err 1 "kith log: no contact 'nobody'"
	holds ada.ini <<<$'name = Ada\n[log]'
}

@test "a name with a comma in it is one name" {
	put novak.ini <<<'name = Novak, Paul'
	put paul.ini <<<'name = Paul'
	kith log 'novak, paul' x
	expect_err 0 "novak: log 2026-11-21"
}

@test "when one of them cannot be changed nothing is written" {
	ada
	put ben.ini <<<$'name = Ben\n<<<<<<< a\norg = A\n=======\n>>>>>>> b'
	kith log ada,ben x
	expect_nothing 3
	grep -q '^book/ben.ini' err
	holds ada.ini <<<$'name = Ada\n[log]'
}

@test "the event is kept, whatever the text holds, and nothing is put in" {
	put cy.ini <<<$'name = Cy\n[log]'
	kith log cy @storm sat out the storm
	kith log cy @storm met @storm at the call: office '#wet'
	kith log cy @storm -k call met: 'hi @other'
	kith log cy -k met @storm
	holds cy.ini <<-'EOF'
		name = Cy
		[log]
		2026-11-21 = @storm sat out the storm
		2026-11-21 = @storm met @storm at the call: office #wet
		2026-11-21 = @storm call: hi @other
		2026-11-21 = @storm
	EOF
	kith list -c id @storm
	expect 0 <<<cy
}

@test "- reads the text from stdin, of several lines too" {
	ada
	kith log ada - <<<$'call: one\n\n  two # three\n'
	expect_err 0 "ada: log 2026-11-21"
	kith show ada --json
	grep -qF '"text": "one\n\n  two # three"' out
	grep -qF '"kind": "call"' out
}

@test "text is data: no line of it is a line of the file" {
	ada
	kith log ada $'x\n[todo]\n2026-01-01 = y\n# z\e[31m'
	kith show ada --json
	grep -qF '"text": "x\n[todo]\n2026-01-01 = y\n# z�[31m"' out
	grep -qF '"todo": []' out
	kith check
	has_status 0
}

@test "a text of 10,000 bytes is kept whole" {
	ada
	text=$(printf 'tea ; not # coffee = x:%.0s' {1..440})
	kith log ada "$text"
	holds ada.ini <<<$'name = Ada\n[log]\n2026-11-21 = '"$text"
}

@test "without a text the editor opens" {
	ada
	EDITOR='echo "call: about tea" >' TMPDIR=$PWD/home terminal 'kith log ada' </dev/null
	expect 0 <<<'ada: log 2026-11-21'
	holds ada.ini <<<$'name = Ada\n[log]\n2026-11-21 = call: about tea'
	[ -z "$(ls home)" ]
	EDITOR='true' TMPDIR=$PWD/home terminal 'kith log ada' </dev/null
	has_status 2
	[ -z "$(ls home)" ]
}

@test "what was written in the editor is kept when it cannot be saved" {
	ada
	EDITOR='echo tea >"$1"; rm book/ada.ini #' TMPDIR=$PWD/home terminal 'kith log ada' </dev/null
	[ "$status" -ne 0 ]
	grep -q "^kith log: what was written is kept in $PWD/home/kith-.*\.txt$" out
	[ "$(cat home/kith-*.txt)" = tea ]
}

@test "a book can have kinds of its own" {
	ada
	put .kith/config <<<$'[kinds]\nWalk = a walk'
	kith log ada -k walk by the sea
	expect_err 0 "ada: log 2026-11-21"
	holds ada.ini <<<$'name = Ada\n[log]\n2026-11-21 = walk: by the sea'
	kith list kind:walk -c id,last
	expect 0 <<<'ada  2026-11-21'
}

@test "a date to come is written and doubted" {
	ada
	kith log ada --on tomorrow x
	expect_err 0 "kith log: the date is in the future; 'kith todo' is for what is to come
ada: log 2026-11-22"
}

# usage MESSAGE: refused, and nothing is written.
usage() {
	expect_err 2 "kith log: $1
usage: kith log NAME[,NAME] [@EVENT] [TEXT]   (kith help log)"
	holds ada.ini <<<$'name = Ada\n[log]'
}

@test "what makes no entry is wrong usage" {
	ada
	kith log
	usage "who is meant?"
	kith log , x
	usage "a name is missing in ','; quote names with blanks: 'ana ruiz, tom'"
	kith log ada, tom hi
	usage "a name is missing in 'ada,'; quote names with blanks: 'ana ruiz, tom'"
	kith log ada - <<<$'caf\xe9'
	expect_err 2 "kith log: stdin is not UTF-8 at byte 4; iconv converts it"
	kith log ada
	usage "what happened? Give a text, or - to read it from stdin"
	kith log ada ' '
	usage "the text is empty; nothing was written"
	kith log ada - </dev/null
	usage "the text is empty; nothing was written"
	kith log ada -k walk x
	usage "'walk' is no kind; [kinds] in .kith/config can add some"
	kith log ada --on 31.10. x
	usage "'31.10.' is no date; write 2026-11-18, today, tomorrow, friday, +2w, -3d, in 2 weeks or 2 weeks ago"
	kith log ada --on 2026-10 x
	usage "'2026-10' is no whole date; write it as 2026-11-18"
}

@test "two hundred at once, and every entry is there" {
	ada
	for i in {1..200}; do
		command kith log -q ada "entry $i" &
	done
	wait
	sort -V book/ada.ini | grep entry | diff - <(printf '2026-11-21 = entry %s\n' {1..200})
	[ "$(ls -A book)" = ada.ini ]
}
