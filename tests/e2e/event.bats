# kith event: what comes, what was, who was there and what followed.
load lib
load terminal

people() {
	put .kith/config <<-'EOF'
		[book]
		me = me
		[event]
		mixer = 2026-12-03 Chamber mixer, Harbor Hotel
		congress = 2025-04-01 the congress nobody wrote about
	EOF
	put me.ini <<<'name = Me'
	put ana.ini <<-'EOF'
		name = Ana Ruiz
		[log]
		2026-09-03 = @mixer met: at the door
		2026-09-20 = call: about ovens
		2026-09-29 = won: a menu
		2026-11-05 = @mixer met: with [[ben]] -> [[cy]]
		[todo]
		2026-12-03 = bring her the proofs @mixer
		2026-11-20 = they: a cake for the @fair
	EOF
	put ben.ini <<<$'name = Ben\ndoor = ask\n[log]\n2026-09-03 = @Mixer x'
	put cy.ini <<<$'name = Cy\ndoor = closed\n[log]\n2026-09-03 = @mixer x'
}

@test "events to come, then those that were, the newest first" {
	people
	put dan.ini <<<$'name = Dan\n[log]\n2026-07-01 = @zoo x\n[todo]\n2026-12-24 = sing @carols\n2026-12-01 = @carols print'
	kith event
	expect 0 <<-'EOF'
		To come
		  2026-12-01  @carols    in 10 days
		              promised: Dan
		  2026-12-03  @mixer     in 12 days
		              Chamber mixer, Harbor Hotel
		              promised: Ana Ruiz

		Past
		  2026-11-05  @mixer     2 times, 3 people
		  2026-07-01  @zoo       once, 1 person
		  2025-04-01  @congress  planned; no word of it
	EOF
	quiet
}

@test "an event: what is promised, and each day with what followed" {
	people
	kith event @mixer
	expect 0 <<-'EOF'
		@mixer  2 times since 2026-09-03, 3 people
		2026-12-03, in 12 days: Chamber mixer, Harbor Hotel

		Promised
		  2026-12-03  Ana Ruiz: bring her the proofs @mixer

		2026-11-05, 2 weeks ago: 2 people; nothing yet for 1, 15 days left
		  Ana Ruiz  a promise
		  Ben       nothing yet (ask first)

		2026-09-03, 2 months ago: 3 people, 3 new; nothing followed for 1
		  Ana Ruiz  new; in touch 2 times: won
		  Ben       new; nothing followed (ask first)
		  Cy        new; nothing (door closed)
	EOF
	cp out page
	kith event MIXER
	expect 0 <page
	kith event @fair
	expect 0 <<-'EOF'
		@fair

		Promised
		  2026-11-20  Ana Ruiz: they: a cake for the @fair
	EOF
}

@test "what nothing followed for stands out" {
	people
	kith event @mixer --color always
	has_status 0
	grep -qF $'Ben       \e[33mnothing yet (ask first)\e[0m' out
	grep -qF $'Ben       \e[33mnew; nothing followed (ask first)\e[0m' out
	grep -qFx '  Cy        new; nothing (door closed)' out
	grep -qFx '  Ana Ruiz  a promise' out
}

@test "nothing in the future has happened; a note is no encounter; you are not on a roster" {
	put .kith/config <<<$'[book]\nme = me'
	put me.ini <<<$'name = Me\n[log]\n2026-11-01 = @fair met: [[ana]] and [[nobody]]'
	put ana.ini <<<$'name = Ana\n[log]\n2026-11-22 = @fair x\n9999-12-31 = @fair x\n2026-11-02 = @fair note: x'
	kith event
	expect 0 <<<$'Past\n  2026-11-01  @fair  once, 1 person'
	kith event fair
	expect 0 <<-'EOF'
		@fair  once on 2026-11-01, 1 person

		2026-11-01, 2 weeks ago: 1 person, 1 new; nothing yet for 1, 11 days left
		  Ana  new; nothing yet
	EOF
}

@test "an event nobody knows is exit status 1; two are wrong usage" {
	kith event
	expect_err 1 "there is no event: neither in a log nor in the settings"
	kith event @fair
	expect_err 1 "no event is called '@fair'; 'kith event' lists them"
	kith event book fair
	expect_err 2 "kith event: one event at a time
usage: kith event [@EVENT]   (kith help event)"
}

@test "--json" {
	people
	kith event --json
	has_status 0
	tr -d ' \n' <out | diff - <(printf %s '[{"event":"congress","next":null,"last":"2025-04-01","times":0,"people":0,"promises":0},' \
		'{"event":"fair","next":null,"last":null,"times":0,"people":0,"promises":1},' \
		'{"event":"mixer","next":"2026-12-03","text":"Chambermixer,HarborHotel","last":"2026-11-05","times":2,"people":3,"promises":1}]')
	kith event mixer --json
	has_status 0
	tr -d ' \n' <out | diff - <(printf %s '{"event":"mixer","plans":[{"date":"2026-12-03","text":"Chambermixer,HarborHotel"}],' \
		'"promises":[{"id":"ana","path":"ana.ini","name":"AnaRuiz","date":"2026-12-03","who":"me","text":"bringhertheproofs@mixer","number":1}],' \
		'"days":[{"date":"2026-11-05","days_left":15,"people":[' \
		'{"id":"ana","path":"ana.ini","name":"AnaRuiz","new":false,"followed":{"encounters":0,"gave":0,"got":0,"intro":0,"won":0,"lost":0,"promise":true}},' \
		'{"id":"ben","path":"ben.ini","name":"Ben","new":false,"followed":{"encounters":0,"gave":0,"got":0,"intro":0,"won":0,"lost":0,"promise":false}}]},' \
		'{"date":"2026-09-03","days_left":0,"people":[' \
		'{"id":"ana","path":"ana.ini","name":"AnaRuiz","new":true,"followed":{"encounters":2,"gave":0,"got":0,"intro":0,"won":1,"lost":0,"promise":false}},' \
		'{"id":"ben","path":"ben.ini","name":"Ben","new":true,"followed":{"encounters":0,"gave":0,"got":0,"intro":0,"won":0,"lost":0,"promise":false}},' \
		'{"id":"cy","path":"cy.ini","name":"Cy","new":true,"followed":{"encounters":0,"gave":0,"got":0,"intro":0,"won":0,"lost":0,"promise":false}}]}]}')
	rm book/*.ini book/.kith/config
	kith event --json
	expect 1 <<<'[]'
}

@test "it fits a phone" {
	people
	for event in '' @mixer; do
		COLUMNS=40 terminal "kith event $event" </dev/null
		has_status 0
		[ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 40 ]
	done
}
