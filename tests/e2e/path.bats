# kith path: who can lead to somebody you have not met.
load lib
load terminal

# Paul was met often, Rob once; Ana, Bea, Cy, Dan and Eve never.
people() {
	put .kith/config <<<$'[book]\nme = me'
	put me.ini <<<'name = Me Myself'
	put paul.ini <<-'EOF'
		name = Paul Novak
		knows.brother = cy
		[log]
		2026-10-19 = got: two cards -> [[ana]]
		2026-11-05 = @mixer met: x
		2026-11-16 = call: x -> [[dan]]
	EOF
	put rob.ini <<<$'name = Rob\n[log]\n2025-11-05 = mail: x'
	put ana.ini <<<$'name = Ana Ruiz\ndoor = ask she is busy'
	put bea.ini <<<$'name = Bea\nvia = ana\ntags = far'
	put cy.ini <<<$'name = Cy\ntags = far'
	put dan.ini <<<$'name = Dan\nknows.boss = cy'
	put eve.ini <<<$'name = Eve\n[log]\n2026-11-05 = @Mixer note: the speaker, could not get near'
	put alone.ini <<<$'name = Alone\nknows = me'
	put shut.ini <<<$'name = Shut\nvia = paul\ndoor = closed\nknows = behind'
	put behind.ini <<<'name = Behind'
}

@test "each hop says why it leads there" {
	people
	while IFS='|' read -r who last; do
		kith path "$who"
		{ printf '%s\n' "$who" '  1. Paul Novak: 3 encounters, last 2026-11-16, 5 days ago'
		  printf '%s\n' "  2. $last"; } >want
		expect 0 <want
		quiet
	done <<-'EOF'
		Cy|Cy: brother of Paul Novak
		Dan|Dan: spoken of with Paul Novak on 2026-11-16
		Eve|Eve: both at @mixer on 2026-11-05
	EOF
	kith path bea
	expect 0 <<-'EOF'
		Bea
		  1. Paul Novak: 3 encounters, last 2026-11-16, 5 days ago
		  2. Ana Ruiz (ask first): named to you by Paul Novak on 2026-10-19
		  3. Bea: named to you by Ana Ruiz
	EOF
}

@test "a tie is told from whichever end it was noted at" {
	put paul.ini <<<$'name = Paul\nvia = ana\n[log]\n2026-11-05 = met: x'
	put ana.ini <<<'name = Ana'
	put bea.ini <<<$'name = Bea\nknows.sister = paul'
	put cy.ini <<<$'name = Cy\nknows = paul'
	put dan.ini <<<$'name = Dan\n[log]\n2026-11-05 = note: worked with [[paul]]'
	put eve.ini <<<'name = Eve'
	kith set paul knows=eve
	while IFS='|' read -r who want; do
		kith path "$who"
		has_status 0
		[ "$(sed -n 3p out)" = "  2. $want" ]
	done <<-'EOF'
		ana|Ana: named to you Paul
		bea|Bea: Paul is their sister
		cy|Cy: knows Paul
		dan|Dan: spoken of with Paul on 2026-11-05
		eve|Eve: known to Paul
	EOF
}

@test "who is met already needs no path" {
	people
	kith path rob
	expect 0 <<<'Rob: met already, one encounter, 2025-11-05, 12 months ago'
	kith path --json rob
	expect 0 <<-'EOF'
		[
		  {
		    "id": "rob",
		    "path": "rob.ini",
		    "name": "Rob",
		    "door": "open",
		    "encounters": 1,
		    "last": "2025-11-05",
		    "hops": []
		  }
		]
	EOF
}

@test "of a query the best come first, those met already last" {
	people
	kith path tags:far OR paul
	expect 0 <<-'EOF'
		Cy
		  1. Paul Novak: 3 encounters, last 2026-11-16, 5 days ago
		  2. Cy: brother of Paul Novak

		Bea
		  1. Paul Novak: 3 encounters, last 2026-11-16, 5 days ago
		  2. Ana Ruiz (ask first): named to you by Paul Novak on 2026-10-19
		  3. Bea: named to you by Ana Ruiz

		Paul Novak: met already, 3 encounters, last 2026-11-16, 5 days ago
	EOF
	kith path tags:far OR paul --limit 1
	expect 0 <<-'EOF'
		Cy
		  1. Paul Novak: 3 encounters, last 2026-11-16, 5 days ago
		  2. Cy: brother of Paul Novak
	EOF
	says 'and 2 more; --limit says how many are shown'
	kith path rob OR paul
	expect 0 <<-'EOF'
		Paul Novak: met already, 3 encounters, last 2026-11-16, 5 days ago
		Rob: met already, one encounter, 2025-11-05, 12 months ago
	EOF
	for limit in 0 -1 x ''; do
		kith path ana --limit="$limit"
		expect_err 2 "kith path: --limit is a number from 1 on
usage: kith path NAME|QUERY   (kith help path)"
	done
}

@test "where nothing leads the answer is no" {
	people
	kith path alone
	expect_err 1 'nobody you have met leads there'
	kith path --json alone
	expect 1 <<<'[]'
	kith path me myself
	expect_err 1 'that is you'
	kith path nobody
	expect_err 1 "kith path: no contact 'nobody'"
	kith path
	expect_err 2 "kith path: to whom?
usage: kith path NAME|QUERY   (kith help path)"
	rm book/*.ini
	put ana.ini <<<'name = Ana'
	kith path ana
	expect_err 1 'nobody you have met leads there'
}

@test "a closed door is neither a hop nor an end; it may open again" {
	people
	kith path shut
	expect_err 1 'the door is closed'
	kith path behind
	expect_err 1 'nobody you have met leads there'
	kith set shut 'door=closed until 2026-11-22'
	kith path behind
	has_status 1
	KITH_NOW=2026-11-22 kith path behind
	expect 0 <<-'EOF'
		Behind
		  1. Paul Novak: 3 encounters, last 2026-11-16, 6 days ago
		  2. Shut: named to you by Paul Novak
		  3. Behind: known to Shut
	EOF
	kith path shut OR dan
	sed -n 1p out | grep -qx Dan
	[ "$(grep -c Shut out)" -eq 0 ]
}

@test "--json tells of each hop how, when and how strong" {
	people
	kith path eve --json
	sed 's/\(0\.[0-9]\)[0-9]*/\1/' out >rounded
	mv rounded out
	expect 0 <<-'EOF'
		[
		  {
		    "id": "eve",
		    "path": "eve.ini",
		    "name": "Eve",
		    "door": "open",
		    "encounters": 0,
		    "last": null,
		    "strength": 0.1,
		    "hops": [
		      {
		        "id": "paul",
		        "path": "paul.ini",
		        "name": "Paul Novak",
		        "door": "open",
		        "how": "met",
		        "date": "2026-11-16",
		        "why": "3 encounters, last 2026-11-16, 5 days ago",
		        "strength": 0.7
		      },
		      {
		        "id": "eve",
		        "path": "eve.ini",
		        "name": "Eve",
		        "door": "open",
		        "how": "event",
		        "date": "2026-11-05",
		        "event": "mixer",
		        "why": "both at @mixer on 2026-11-05",
		        "strength": 0.2
		      }
		    ]
		  }
		]
	EOF
}

@test "on a narrow terminal a hop goes on below, indented" {
	people
	COLUMNS=40 terminal 'kith path bea' </dev/null
	expect 0 <<-'EOF'
		Bea
		  1. Paul Novak: 3 encounters, last
		       2026-11-16, 5 days ago
		  2. Ana Ruiz (ask first): named to you
		       by Paul Novak on 2026-10-19
		  3. Bea: named to you by Ana Ruiz
	EOF
}

@test "a file that cannot be read is named, and the others still lead" {
	people
	mkfifo book/zoe.ini
	kith path cy
	has_status 3
	says 'book/zoe.ini: is a FIFO, not a file'
	[ "$(wc -l <out)" -eq 3 ]
}
