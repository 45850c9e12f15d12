# kith brief: one page before you meet.
load lib

paul() {
	put paul-novak.ini <<-'EOF'
		[contact]
		name = Paul Novak
		title = horror novelist
		org = Night Harbor Press
		birthday = --12-01
		every = 3w
		knows.sister = zoe
		needs = convention contacts, a web site until 2027-01-01, ink until 2026-01-01
		note = Tuna on a croissant.
		    Nothing to sell him.
		[log]
		2026-08-17 = @dunkin-main met: waiting out a storm
		2026-10-19 = @dunkin-main got: two cards -> [[ana]] [[tom]]
		2026-11-16 = call: Ana told him about her menu
		[todo]
		2026-11-20 = bring him the menu
		2026-12-05 = they: the convention dates
	EOF
	put ana.ini <<<$'name = Ana Ruiz\nvia = paul-novak\n[log]\n2026-10-21 = call: x\n2026-11-06 = won: y'
	put tom.ini <<<$'name = Tom Weld\n[log]\n2026-10-22 = call: x\n2026-11-09 = lost: y'
	put zoe.ini <<<$'name = Zoe'
	put me.ini <<<$'name = Glynis\noffers = web sites'
	put .kith/config <<<$'[book]\nme = me'
}

@test "of one person: how you met, what is open, what was, what fits" {
	paul
	kith brief paul
	expect 0 <<-'EOF'
		Paul Novak  horror novelist, Night Harbor Press
		  met      2026-08-17 @dunkin-main: waiting out a storm
		  so far   3 encounters, last 2026-11-16, 5 days ago; warm
		  every    3w; due from 2026-12-07
		  knows    Zoe (sister)
		  needs    convention contacts, a web site until 2027-01-01

		Promised
		  2026-11-20  you: bring him the menu
		  2026-12-05  they: the convention dates

		You owe thanks
		  since 2026-10-19: sent you Ana Ruiz, Tom Weld at @dunkin-main

		Last
		  2026-11-16  call    Ana told him about her menu
		  2026-10-19  got     @dunkin-main two cards -> [[ana]] [[tom]]
		  2026-08-17  met     @dunkin-main waiting out a storm

		Sent you
		  Ana Ruiz, 2026-10-19: won 2026-11-06; 2 encounters, last 2026-11-06, 2 weeks
		    ago
		  Tom Weld, 2026-10-19: lost 2026-11-09; 2 encounters, last 2026-11-09, 12 days
		    ago

		Fits you
		  Paul Novak needs a web site, until 2027-01-01
		    You offer web sites
		    both say: web, site; last met 2026-11-16, 5 days ago

		Dates
		  2026-12-01, in 10 days: birthday

		Notes
		  Tuna on a croissant.
		  Nothing to sell him.
	EOF
	quiet
	kith brief ana
	grep -qx '  through  Paul Novak' out
	kith brief zoe
	expect 0 <<-'EOF'
		Zoe
		  so far   no encounter yet
		  knows    Paul Novak
	EOF
}

@test "a closed door is said first, and one to be asked" {
	put a.ini <<<$'name = Ana\ndoor = closed until 2027-03-01 asked for quiet\nevery = 1w\n[log]\n2026-01-01 = x'
	put b.ini <<<$'name = Ben\ndoor = ask she minds'
	put c.ini <<<$'name = Cy\ndoor = shut it'
	kith brief ana
	[ "$(sed -n 2p out)" = '  THE DOOR IS CLOSED until 2027-03-01: asked for quiet' ]
	run ! grep every out
	kith brief ben
	[ "$(sed -n 2p out)" = '  ASK FIRST: she minds' ]
	kith brief cy
	[ "$(sed -n 2p out)" = '  THE DOOR IS CLOSED: shut it' ]
}

@test "what another's entry says of somebody is told with its text" {
	put a.ini <<<$'name = Ana'
	put b.ini <<<$'name = Ben\n[log]\n2026-11-01 = @cafe tea with [[a]]'
	kith brief ana
	expect 0 <<-'EOF'
		Ana
		  met      2026-11-01 @cafe: tea with [[a]]
		  so far   one encounter, 2026-11-01, 2 weeks ago; cool

		Last
		  2026-11-01  met     @cafe tea with [[a]]
	EOF
}

# Of the fair: two to know again, one closed, one promised, and two who should meet.
fair() {
	put .kith/config <<<$'[event]\nfair = 2026-12-12 the book fair, noon'
	put ana.ini <<-'EOF'
		name = Ana Ruiz
		title = baker
		needs = food photographs
		[log]
		2025-05-02 = @fair at the door, she was wet
		2026-05-09 = @fair she had cakes
	EOF
	put ben.ini <<<$'name = Ben\ndoor = ask\noffers = food photographs\n[log]\n2026-05-09 = @fair a friend of cakes'
	put cy.ini <<<$'name = Cy\noffers = photographs of food\n[log]\n2026-05-09 = @fair x\n2026-10-10 = x\n2026-11-10 = x'
	put dan.ini <<<$'name = Dan\ndoor = closed wants peace\n[log]\n2026-05-09 = @fair x\n[todo]\n2026-12-01 = never mind'
	put eve.ini <<<$'name = Eve\n[todo]\n2026-12-12 = @fair bring her the book'
	put fay.ini <<<$'name = Fay\n[log]\n2025-05-02 = @fair x\n2025-05-03 = x\n2025-05-04 = x'
	put zed.ini <<<$'name = Zed\n[log]\n2026-05-09 = @zoo x'
}

@test "of an event: everybody of all its days, by what one has to know" {
	fair
	kith brief @fair
	expect 0 <<-'EOF'
		@fair
		  2026-12-12, in 3 weeks: the book fair, noon
		  so far: 2026-05-09, 2025-05-02
		  6 people

		Leave in peace
		  Dan: wants peace

		Promised
		  2026-12-12  Eve: you: @fair bring her the book

		Know them again
		  Ana Ruiz  baker
		    2 times, first 2025-05-02 @fair, last 2026-05-09 @fair: she had cakes
		  Ben  (ask first)
		    once, 2026-05-09 @fair: a friend of cakes

		Gone quiet
		  Fay  2025-05-04

		Should meet
		  Ana Ruiz needs food photographs
		    Cy offers photographs of food
		    both say: food, photographs; you could introduce them

		You know well
		  Cy  2026-11-10

		Not met yet
		  Eve
	EOF
	quiet
	kith brief @nowhere
	expect_err 1 "nothing is known of @nowhere"
}

@test "of a query, and of several who bear a name" {
	fair
	kith brief '@fair title:baker'
	[ "$(head -n 1 out)" = 'Ana Ruiz  baker' ]
	kith brief offers:food
	expect 0 <<-'EOF'
		2 people

		Know them again
		  Ben  (ask first)
		    once, 2026-05-09 @fair: a friend of cakes

		You know well
		  Cy  2026-11-10
	EOF
	put lea.ini <<<'name = Lea Lind'
	put leo.ini <<<'name = Leo Lind'
	kith brief lind
	[ "$(head -n 1 out)" = '2 people' ]
	kith brief nobody-like-this
	has_status 1
	kith brief
	has_status 2
}

@test "each part shows a few, and how many more; --all shows all" {
	for n in $(seq -w 1012); do
		put "p$n.ini" <<<$'name = P'"$n"$'\n[log]\n2026-05-09 = @fair x'
	done
	kith brief @fair
	has_status 0
	[ "$(wc -l <out)" -lt 20 ]
	[ "$(tail -n 1 out)" = '  and 1,007 more' ]
	kith brief @fair --all
	[ "$(grep -c '^  P' out)" -eq 1012 ]
	kith brief @fair --json
	[ "$(jq '.strangers | length' out)" -eq 1012 ]
}

@test "a long text is cut at five lines, but with --all" {
	put ana.ini < <(
		printf 'name = Ana\nneeds = boats'
		printf ', boat %s' $(seq 1 200)
		printf '\nnote = x\n'
		printf '  %s\n' $(seq 2 9)
		printf '[log]\n2026-01-01 = '
		printf 'word %s ' $(seq 1 200)
	)
	kith brief ana
	has_status 0
	[ "$(wc -l <out)" -eq 26 ]
	[ "$(grep -c '…$' out)" -eq 3 ]
	[ "$(tail -n 2 out)" = $'  5\n  and 4 more' ]
	kith brief ana --all
	grep -q 'boat 200$' out
	grep -q 'word 200$' out
	[ "$(tail -n 1 out)" = '  9' ]
}

@test "--width is how wide the page gets" {
	paul
	fair
	for what in paul @fair offers:food; do
		for columns in 30 40 60; do
			kith brief "$what" --width "$columns"
			has_status 0
			wide=$(LC_ALL=C.UTF-8 awk -v most="$columns" 'length($0) > most' out)
			[ -z "$wide" ]
		done
	done
	kith brief paul
	has_status 0
	[ -z "$(awk 'length($0) > 80' out)" ]
	for bad in 0 19 x 1001 ''; do
		kith brief paul --width="$bad"
		has_status 2
	done
}

@test "--json of one person" {
	paul
	kith brief paul --json
	has_status 0
	diff -u - <(jq -c '.encounters |= length | .fits |= length | .thanks.sent |= map(.id)' out) <<-'EOF'
		{"id":"paul-novak","path":"paul-novak.ini","name":"Paul Novak","met":3,"first":"2026-08-17","last":"2026-11-16","door":{"state":"open","until":null,"reason":""},"via":[],"encounters":3,"todo":[{"date":"2026-11-20","who":"me","text":"bring him the menu","number":1},{"date":"2026-12-05","who":"they","text":"the convention dates","number":2}],"title":"horror novelist","org":"Night Harbor Press","warmth":"warm","cadence":{"due":false,"ideal":"2026-12-07","limit":"2026-12-28"},"needs":[{"value":"convention contacts"},{"value":"a web site","until":"2027-01-01"}],"offers":[],"thanks":{"since":"2026-10-19","sent":["ana","tom"],"promised":false},"sent":[{"id":"ana","path":"ana.ini","name":"Ana Ruiz","date":"2026-10-19","outcome":"won","since":"2026-11-06"},{"id":"tom","path":"tom.ini","name":"Tom Weld","date":"2026-10-19","outcome":"lost","since":"2026-11-09"}],"fits":1,"dates":[{"date":"2026-12-01","label":"birthday","years":null}]}
	EOF
}

@test "--json of an event" {
	fair
	kith brief @fair --json
	has_status 0
	diff -u - <(jq -c '{event, planned, days, groups: [.closed, .strangers, .quiet, .well, .new | map(.id)]}' out) <<-'EOF'
		{"event":"fair","planned":[{"date":"2026-12-12","text":"the book fair, noon"}],"days":["2025-05-02","2026-05-09"],"groups":[["dan"],["ana","ben"],["fay"],["cy"],["eve"]]}
	EOF
	diff -u - <(jq -c '.strangers[0], .promises[]' out) <<-'EOF'
		{"id":"ana","path":"ana.ini","name":"Ana Ruiz","title":"baker","org":"","door":"open","met":2,"first":{"date":"2025-05-02","event":"fair"},"last":{"date":"2026-05-09","event":"fair"},"warmth":"cool"}
		{"id":"eve","path":"eve.ini","name":"Eve","date":"2026-12-12","who":"me","text":"@fair bring her the book","number":1}
	EOF
	diff -u - <(jq -c '[.meet[] | .needs.id, .offers.id], .fits, .thanks' out) < <(printf '%s\n' '["ana","cy"]' '[]' '[]')
}

@test "odd dates, circles and unknown ids do no harm" {
	put a.ini <<-'EOF'
		name = Ana
		via = b, a
		knows = a, nobody, b
		every = 0d
		birthday = --02-30
		snooze = soon
		needs = , until 2026
		[log]
		9999-12-31 = far ahead
		0000-01-01 = never
		2026 = some day [[a]] [[b]]
		junk = x
		[todo]
		9999-01-01 = one day
		x = y
	EOF
	put b.ini <<<$'name = Ben\nvia = a\n[log]\n2026-13-01 = x\n2026-01-01 = intro: [[a]] [[b]]'
	for what in ana ben 'ana OR ben' @none; do
		kith brief "$what"
		[ "$status" -le 1 ]
		kith brief "$what" --all --json
		[ "$status" -le 1 ]
	done
}
