# kith referrals: who came through whom, and what came of it.
load lib
load terminal

# Paul sent two, one of whom sent a third; a stranger sent one.
people() {
	put paul.ini <<-'EOF'
		name = Paul Novak
		[log]
		2026-08-17 = @dunkin-main met: waiting out a storm
		2026-10-19 = got: two cards -> [[ana]] [[tom]]
	EOF
	put ana.ini <<-'EOF'
		name = Ana Ruiz
		via = paul
		[log]
		2026-10-21 = call: x
		2026-11-06 = won: a menu
		2026-11-07 = won: a page
	EOF
	put tom.ini <<-'EOF'
		name = Tom Weld
		[log]
		2026-10-26 = lost: his nephew does it
		2026-11-17 = won: the nephew has an exam
		2026-12-17 = lost: to come
	EOF
	put uma.ini <<<$'name = Uma\nvia = ana\ndoor = ask'
	put li.ini <<<$'name = 李雷\nvia = the woman at the print shop\n[log]\n2026-06-10 = mail: x'
	put sam.ini <<<'name = Sam'
}

@test "the whole forest, with what came of it and what is owed" {
	people
	kith referrals
	expect 0 <<-'EOF'
		Paul Novak: 2 encounters, last 2026-10-19; brought 3, 2 won
		    thanks owed since 2026-10-19 for Ana Ruiz, Tom Weld
		  Ana Ruiz: sent 2026-10-19, 3 encounters, last 2026-11-07, won 2 times, last 2026-11-07; brought 1
		      thanks owed for Uma
		    Uma (ask first): never met
		  Tom Weld: sent 2026-10-19, 2 encounters, last 2026-11-17, lost 2026-10-26, won 2026-11-17
		"the woman at the print shop": brought 1
		  李雷: 1 encounter, last 2026-06-10
	EOF
	quiet
}

@test "thanks are settled by a gave: or a thank-you, and promised in the todo" {
	people
	kith todo paul friday thank him for the cards
	kith referrals paul
	sed -n 2p out | grep -qx '    thanks owed since 2026-10-19 for Ana Ruiz, Tom Weld, promised'
	kith done paul 1
	kith referrals paul
	grep owed out | grep -v Uma >owed || true
	[ ! -s owed ]
}

@test "of one: the chain up to where it began, and everybody below" {
	people
	kith referrals ana
	expect 0 <<-'EOF'
		Paul Novak: 2 encounters, last 2026-10-19; brought 3, 2 won
		    thanks owed since 2026-10-19 for Ana Ruiz, Tom Weld
		  Ana Ruiz: sent 2026-10-19, 3 encounters, last 2026-11-07, won 2 times, last 2026-11-07; brought 1
		      thanks owed for Uma
		    Uma (ask first): never met
	EOF
	kith referrals door:ask
	[ "$(wc -l <out)" -eq 5 ]
	kith referrals sam
	expect_err 1 'came through nobody, and nobody came through them'
	kith referrals --json sam
	expect 1 <<<'[]'
	kith referrals nobody
	expect_err 1 "kith referrals: no contact 'nobody'"
}

@test "an empty book, and one without a via, say how it is done" {
	kith referrals
	expect_err 1 "nobody came through anybody yet; 'kith set NAME via=ID' says it"
	put sam.ini <<<'name = Sam'
	kith referrals
	expect_err 1 "nobody came through anybody yet; 'kith set NAME via=ID' says it"
}

@test "through two: in full under the first, and pointed at under the other" {
	put ana.ini <<<$'name = Ana\nvia = paul\nvia = rob'
	put paul.ini <<<$'name = Paul\nvia = zoe'
	put rob.ini <<<'name = Rob'
	put zoe.ini <<<$'name = Zoe\ndoor = closed'
	kith referrals
	expect 0 <<-'EOF'
		Zoe (door closed): never met; brought 2
		  Paul: never met; brought 1
		      thanks owed for Ana
		    Ana: never met
		Rob: never met
		    thanks owed for Ana
		  Ana: in full under Paul
	EOF
}

@test "a circle is broken at whom you met first, and named" {
	put ana.ini <<<$'name = Ana\nvia = bo'
	put bo.ini <<<$'name = Bo\nvia = cy\n[log]\n2020-01-01 = met: x\n2026-11-20 = gave: a book'
	put cy.ini <<<$'name = Cy\nvia = dan'
	put dan.ini <<<$'name = Dan\nvia = ana'
	kith referrals -q
	expect 0 <<-'EOF'
		Bo: 2 encounters, last 2026-11-20; brought 3
		    a circle of 4: Bo through Cy, Cy through Dan, Dan through Ana ..
		  Ana: never met; brought 2
		      thanks owed for Dan
		    Dan: never met; brought 1
		        thanks owed for Cy
		      Cy: never met
		          thanks owed since 2020-01-01 for Bo
		        Bo: in full at the top
	EOF
	put ana.ini <<<$'name = Ana\nvia = ana\nvia = nobody'
	put dan.ini <<<'name = Dan'
	kith referrals ana
	expect 0 <<-'EOF'
		"nobody": brought 1
		  Ana: never met
	EOF
}

@test "--json is a flat array in the order of the tree" {
	put ana.ini <<<$'name = Ana\nvia = a friend\nvia = paul'
	put paul.ini <<<$'name = Paul\n[log]\n2026-10-19 = got: x [[ana]]\n2026-11-06 = won: x'
	kith referrals --json
	expect 0 <<-'EOF'
		[
		  {
		    "id": "paul",
		    "path": "paul.ini",
		    "name": "Paul",
		    "depth": 0,
		    "via": null,
		    "sent": null,
		    "again": false,
		    "door": "open",
		    "encounters": 2,
		    "last": "2026-11-06",
		    "won": [
		      "2026-11-06"
		    ],
		    "lost": [],
		    "owed": {
		      "since": "2026-10-19",
		      "for": [
		        "ana"
		      ],
		      "promised": false
		    },
		    "brought": 1,
		    "brought_won": 0
		  },
		  {
		    "id": "ana",
		    "path": "ana.ini",
		    "name": "Ana",
		    "depth": 1,
		    "via": {
		      "id": "paul",
		      "path": "paul.ini",
		      "name": "Paul"
		    },
		    "sent": "2026-10-19",
		    "again": false,
		    "door": "open",
		    "encounters": 0,
		    "last": null,
		    "won": [],
		    "lost": [],
		    "owed": null,
		    "brought": 0,
		    "brought_won": 0
		  },
		  {
		    "id": null,
		    "path": null,
		    "name": "a friend",
		    "depth": 0,
		    "via": null,
		    "sent": null,
		    "again": false,
		    "brought": 0,
		    "brought_won": 0
		  },
		  {
		    "id": "ana",
		    "path": "ana.ini",
		    "name": "Ana",
		    "depth": 1,
		    "via": {
		      "id": null,
		      "path": null,
		      "name": "a friend"
		    },
		    "sent": null,
		    "again": true
		  }
		]
	EOF
	put paul.ini <<<$'name = Paul\nvia = ana'
	put ana.ini <<<$'name = Ana\nvia = paul'
	kith referrals --json
	grep -A3 '"circle"' out | tr -d ' \n' | grep -qx '"circle":\["ana","paul"\]'
}

@test "on a narrow terminal lines go on below, indented" {
	people
	COLUMNS=40 terminal 'kith referrals ana' </dev/null
	expect 0 <<-'EOF'
		Paul Novak: 2 encounters, last
		    2026-10-19; brought 3, 2 won
		    thanks owed since 2026-10-19 for Ana
		      Ruiz, Tom Weld
		  Ana Ruiz: sent 2026-10-19, 3
		      encounters, last 2026-11-07, won 2
		      times, last 2026-11-07; brought 1
		      thanks owed for Uma
		    Uma (ask first): never met
	EOF
}

# A book of ten thousand, each via the next; $1 is what the last says.
chain() {
	awk -v dir="$KITH_BOOK" -v last="$1" 'BEGIN {
		for (i = 0; i < 10000; i++) {
			file = dir "/p" i ".ini"
			print "name = P" i "\n" (i < 9999 ? "via = p" i + 1 : last) >file
			close(file)
		}
	}'
}

@test "a chain of ten thousand is drawn, and so is a circle; check names it once" {
	chain ''
	kith referrals
	has_status 0
	[ "$(grep -c '^ *([0-9]*) P[0-9]*: never met' out)" -eq 9991 ]
	[ "$(sed -n 1p out)" = 'P9999: never met; brought 9999' ]
	tail -n 1 out | grep -qx '                (9999) P0: never met'
	[ "$(wc -c <out)" -lt 2000000 ]
	kith check
	expect_err 0 '10000 contacts, nothing to report'
	chain 'via = p0'
	kith referrals --json
	has_status 0
	[ "$(grep -c '"circle"' out)" -eq 1 ]
	kith check
	expect 1 <<-'EOF'
		book/p0.ini:2:7: a circle: p0 via p1 via p2 via p3 via p4 via .. (10000 people) via p0; take away the via that is wrong
	EOF
}
