# kith due: whose turn it is.
load lib
load ics
load terminal

settings() {
	put .kith/config <<-'EOF'
		[book]
		me = me
		[every]
		family = 2w
		friend = 3w..2m
	EOF
}

# Due on 2026-11-21: Zoë by twice her cadence, Ada by a bit; Tom is not.
people() {
	settings
	put ada.ini <<-'EOF'
		name = Ada Lovelace
		every = 3w..2m
		[log]
		2026-10-20 = @tea call: about the engine
		2026-11-20 = note: she is in Rome
	EOF
	put family/zoe.ini <<-'EOF'
		name = Zoë
		tags = friend, Family
		[log]
		2026-09-26 = mail: a picture
		    of the harbour
	EOF
	put tom.ini <<-'EOF'
		name = Tom
		every = 1m
		[log]
		2026-11-01 = letter: soon
	EOF
	put me.ini <<<$'every = 1d\n[log]\n2020-01-01 = x'
}

@test "the most overdue stands first, with what was said last" {
	people
	kith due
	expect 0 <<-'EOF'
		Zoë           8 weeks ago  every 2w, overdue by 6 weeks
		  mail: a picture of the harbour
		Ada Lovelace  4 weeks ago  every 3w..2m, due 11 days ago
		  call: about the engine
	EOF
	quiet
}

@test "of a name, of a query" {
	people
	kith due ada
	expect 0 <<-'EOF'
		Ada Lovelace  4 weeks ago  every 3w..2m, due 11 days ago
		  call: about the engine
	EOF
	kith due '#family' -ada
	expect 0 <<-'EOF'
		Zoë  8 weeks ago  every 2w, overdue by 6 weeks
		  mail: a picture of the harbour
	EOF
	kith due tom
	expect_err 1 "Tom is due on 2026-12-01"
	kith due nobody-at-all
	expect_err 1 "kith due: no contact 'nobody-at-all'"
}

@test "--by is as of a day ahead" {
	people
	kith due --by 2026-11-30 tom
	expect_err 1 "Tom is due on 2026-12-01"
	kith due --by 2026-12-01 tom
	expect 0 <<-'EOF'
		Tom  2 weeks ago  every 1m, due in 10 days
		  letter: soon
	EOF
	for when in soon 2027 2026-12; do
		kith due --by "$when"
		expect_nothing 2
	done
}

@test "an encounter resets it, in the log of another too; a note and a promise do not" {
	people
	kith log ada note: read her letter
	kith due ada
	has_status 0
	kith log tom 'lunch with [[ada]]'
	kith due ada
	expect_err 1 "Ada Lovelace is due on 2026-12-12"
	kith due --by +1m ada
	expect 0 <<-'EOF'
		Ada Lovelace  in touch today  every 3w..2m, due in 3 weeks
		  with Tom
	EOF
	kith log zoe 'call: hello' --on yesterday
	kith due
	expect_err 1 "nobody is due"
}

@test "snooze and door keep quiet; ask is marked" {
	people
	kith set zoe snooze=2026-11-22
	kith set ada door='closed until 2026-12-24'
	kith due
	expect_err 1 "nobody is due"
	kith due --by 2027-01-30 ada
	expect_err 1 "Ada Lovelace would be due since 2026-11-10, but for door or snooze"
	kith due --by tomorrow zoe
	has_status 0
	kith unset zoe snooze
	kith set zoe door=ask
	kith due
	expect 0 <<-'EOF'
		Zoë  8 weeks ago  every 2w, overdue by 6 weeks (ask first)
		  mail: a picture of the harbour
	EOF
}

@test "whom you were never in touch with stands last" {
	people
	put new.ini <<<$'name = New\ntags = family\n[log]\n2027-01-01 = not yet'
	kith due
	has_status 0
	tail -n 1 out | diff - <(echo 'New           never in touch  every 2w')
}

@test "what cannot be read is no cadence" {
	for every in 0d soon 3w..2w ..3w 99999w -1w; do
		put ada.ini <<<"every = $every"
		kith due
		expect_err 1 "nobody is due"
	done
	put ada.ini <<<$'every = 9999y\n[log]\n9999-12-31 = x\n0000-01-01 = y\n2026-99-01 = z'
	kith due
	expect 0 <<<'ada  never in touch  every 9999y..9999y'
}

@test "the limit has another colour, and a line fits" {
	people
	TERM=xterm terminal 'kith due' </dev/null
	grep -qF $'\033[33mevery 2w, overdue by 6 weeks\033[0m' out
	grep -qF $'\033[36mevery 3w..2m, due 11 days ago\033[0m' out
	COLUMNS=36 terminal 'kith due' </dev/null
	diff -u out - <<-'EOF'
		Zoë           8 weeks ago
		  every 2w, overdue by 6 weeks
		  mail: a picture of the harbour
		Ada Lovelace  4 weeks ago
		  every 3w..2m, due 11 days ago
		  call: about the engine
	EOF
	COLUMNS=20 terminal 'kith due' </dev/null
	[ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 25 ]
}

@test "a long text is cut, not wrapped" {
	people
	kith log zoe "call: $(printf 'word%.0s ' {1..50})" --on 2026-10-01
	kith due zoe
	[ "$(LC_ALL=C.UTF-8 wc -L <out)" -eq 80 ]
	grep -q '^  call: word word .*…$' out
}

@test "--json" {
	people
	put new.ini <<<$'tags = family'
	kith due --json zoe OR new
	expect 0 <<-'EOF'
		[
		  {
		    "id": "zoe",
		    "path": "family/zoe.ini",
		    "name": "Zoë",
		    "door": "open",
		    "last": "2026-09-26",
		    "every": "2w",
		    "due": "2026-10-10",
		    "limit": "2026-10-24",
		    "over": true,
		    "kind": "mail",
		    "text": "a picture\nof the harbour",
		    "with": null
		  },
		  {
		    "id": "new",
		    "path": "new.ini",
		    "name": "new",
		    "door": "open",
		    "last": null,
		    "every": "2w",
		    "due": null,
		    "limit": null,
		    "over": false,
		    "kind": null,
		    "text": null,
		    "with": null
		  }
		]
	EOF
	kith due tom --json
	expect 1 <<<'[]'
}

@test "--ics: a task each, another one after the next encounter" {
	people
	put new.ini <<<$'name = New, Friend\ntags = family\ndoor = ask'
	kith due --ics
	has_status 0
	sound_ics out
	ics_lines '^(SUMMARY|DTSTART|DUE)' | diff -u - <(printf '%s\n' \
		'DTSTART;VALUE=DATE:20261010' 'DUE;VALUE=DATE:20261024' \
		'SUMMARY:Be in touch with Zoë' \
		'DTSTART;VALUE=DATE:20261110' 'DUE;VALUE=DATE:20261220' \
		'SUMMARY:Be in touch with Ada Lovelace' \
		'SUMMARY:Be in touch with New\, Friend (ask first)')
	ics_lines ^UID >first
	KITH_NOW=2026-11-22 kith due --ics
	ics_lines ^UID | diff first -
	kith log zoe hello --on 2026-11-01
	KITH_NOW=2026-11-22 kith due --ics zoe
	ics_lines ^UID | sort | comm -12 - <(sort first) | diff - /dev/null
	kith due --ics tom
	has_status 1
	sound_ics out
	kith due --ics --json
	expect_nothing 2
}

@test "who stands behind a closed door is not named as company" {
	put shut.ini <<<$'name = Shut Door\ndoor = closed\n[log]\n2026-11-01 = dinner with [[paul]]'
	put paul.ini <<<$'name = Paul\nevery = 1w\n[log]\n2026-10-01 = got: a present'
	kith due
	expect 0 <<-'EOF'
		Paul  2 weeks ago  every 1w, overdue by 13 days
	EOF
	kith due --json
	[ "$(jq -c '.[0] | [.last, .kind, .text, .with]' out)" = '["2026-11-01",null,null,null]' ]
}
