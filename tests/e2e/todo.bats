# kith todo: promises, and which are open.
# shellcheck disable=SC1010 # done is a command here
load lib
load ics
load terminal

ada() {
	put ada.ini <<<$'name = Ada\n[todo]'
}

@test "a promise is for today, or for the date in front of it" {
	ada
	kith todo ada ring her
	expect_err 0 "ada: todo 2026-11-21: ring her"
	kith todo ada friday bring the menu
	expect_err 0 "ada: todo 2026-11-27: bring the menu"
	kith todo ada in 2 weeks 'write # ; ='
	kith todo ada +1w send it
	kith todo ada 2027-01-02 dentist
	kith todo ada 2 weeks of rest
	kith todo ada sat on it
	holds ada.ini <<-'EOF'
		name = Ada
		[todo]
		2026-11-21 = ring her
		2026-11-21 = 2 weeks of rest
		2026-11-21 = sat on it
		2026-11-27 = bring the menu
		2026-11-28 = send it
		2026-12-05 = write # ; =
		2027-01-02 = dentist
	EOF
}

@test "--they is their promise; 'they:' in the text as well" {
	ada
	kith todo ada --they +2w sends the dates
	kith todo ada tomorrow 'they: ring'
	holds ada.ini <<-'EOF'
		name = Ada
		[todo]
		2026-11-22 = they: ring
		2026-12-05 = they: sends the dates
	EOF
}

@test "what is open, in the order of dates, with the number done takes" {
	put ada.ini <<-'EOF'
		name = Ada
		[todo]
		2026-12-05 = b
		2026-11-01 = they: a
		soon = c
	EOF
	put zoe-brandt.ini <<-'EOF'
		name = Zoe
		[todo]
		2026-11-30 = d
		    e
	EOF
	kith todo
	expect 0 <<-'EOF'
		soon        ada         3  c
		2026-11-01  ada         2  they: a
		2026-11-30  zoe-brandt  1  d e
		2026-12-05  ada         1  b
	EOF
	kith todo zoe
	expect 0 <<<'2026-11-30  zoe-brandt  1  d e'
}

@test "nothing promised is exit status 1" {
	put ada.ini <<<'name = Ada'
	kith todo
	expect_err 1 "nothing is promised"
	kith todo ada
	expect_err 1 "nothing is promised"
	kith todo --json
	expect 1 <<<'[]'
}

@test "what makes no promise is wrong usage" {
	ada
	for args in 'ada tomorrow' '--mine ada x' '--by friday ada x' '--ics ada x' 'ada 2026-12 x' \
		'--mine --they' '--ics --json' '--by 2026-12'; do
		# shellcheck disable=SC2086
		kith todo $args
		expect_nothing 2
		tail -n 1 err |
			diff - <(echo "usage: kith todo [NAME|QUERY | NAME [WHEN] TEXT]   (kith help todo)")
	done
	kith todo nobody x
	expect_err 1 "kith todo: no contact 'nobody'"
	holds ada.ini <<<$'name = Ada\n[todo]'
}

# Promises of three, one of them with a closed door.
three() {
	put ada.ini <<-'EOF'
		name = Ada Lovelace
		tags = maths
		[todo]
		2026-11-20 = the plans
		2026-11-24 = they: a note
	EOF
	put tom-weld.ini <<-'EOF'
		name = Tom Weld
		door = closed
		[todo]
		2026-12 = ring @yard
	EOF
	put tom-zak.ini <<-'EOF'
		name = Tom Zak
		tags = maths
		[todo]
		2026-11-24 = the book
	EOF
}

@test "of a name, of a name that several have, of a query" {
	three
	kith todo lovelace
	expect 0 <<-'EOF'
		2026-11-20  ada  1  the plans
		2026-11-24  ada  2  they: a note
	EOF
	kith todo tom
	expect 0 <<-'EOF'
		2026-11-24  tom-zak   1  the book
		2026-12     tom-weld  1  ring @yard
	EOF
	kith todo '#maths -zak'
	expect 0 <<-'EOF'
		2026-11-20  ada  1  the plans
		2026-11-24  ada  2  they: a note
	EOF
	kith todo @yard
	expect 0 <<<'2026-12     tom-weld  1  ring @yard'
	kith todo nobody-at-all
	expect_err 1 "kith todo: no contact 'nobody-at-all'"
	kith todo '#none'
	expect_nothing 1
	kith todo '"open'
	expect_nothing 2
}

@test "--mine, --they and --by choose" {
	three
	kith todo --they
	expect 0 <<<'2026-11-24  ada  2  they: a note'
	kith todo --mine --by 2026-11-24
	expect 0 <<-'EOF'
		2026-11-20  ada      1  the plans
		2026-11-24  tom-zak  1  the book
	EOF
	kith todo --by yesterday ada
	expect 0 <<<'2026-11-20  ada  1  the plans'
	kith todo --they tom
	expect_err 1 "nothing is promised"
}

@test "what is late stands out; a month is not before it is over" {
	put ada.ini <<<$'[todo]\n2026-11 = x\n2026-11-20 = y\nsoon = z'
	TERM=xterm terminal 'kith todo' </dev/null
	diff -u out - < <(printf '%s\n' 'soon        ada  3  z' '2026-11     ada  1  x' \
		$'\033[33m2026-11-20\033[0m  ada  2  y')
	COLUMNS=40 terminal "kith todo ada 2026-12-01 'one two three four five six seven eight'" </dev/null
	COLUMNS=40 terminal 'kith todo --by 2027-01-01' </dev/null
	[ "$(wc -L <out)" -le 40 ]
}

@test "--ics: a task each, the same one when others are done" {
	three
	put ada.ini <<-'EOF'
		name = Ada, Countess
		[todo]
		2026-11-20 = one
		2026-11-24 = they: two;
		  lines
		2026-11-25 = again
		2026-11-25 = again
		soon = last
	EOF
	kith todo --ics
	has_status 0
	sound_ics out
	ics_lines '^(SUMMARY|DUE)' | diff -u - <(printf '%s\n' \
		'SUMMARY:Ada\, Countess: last' \
		'DUE;VALUE=DATE:20261120' 'SUMMARY:Ada\, Countess: one' \
		'DUE;VALUE=DATE:20261124' 'SUMMARY:Ada\, Countess promised: two\;\nlines' \
		'DUE;VALUE=DATE:20261124' 'SUMMARY:Tom Zak: the book' \
		'DUE;VALUE=DATE:20261125' 'SUMMARY:Ada\, Countess: again' \
		'DUE;VALUE=DATE:20261125' 'SUMMARY:Ada\, Countess: again' \
		'DUE;VALUE=DATE:20261201' 'SUMMARY:Tom Weld: ring @yard')
	ics_lines '^UID' | sort >before
	kith done ada one
	KITH_NOW=2026-11-30 kith todo --ics
	[ "$(ics_lines '^UID' | sort | comm -12 before - | wc -l)" -eq 6 ]
	kith todo --ics --they tom
	has_status 1
	sound_ics out
}

@test "what can only be meant for a date, and is none, is no text" {
	put ada.ini <<<"name = Ada"
	cp book/ada.ini before
	for date in 2027-02-29 3.3.2027 2027/2/30; do
		kith todo ada "$date" x
		expect_err 2 "kith todo: '$date' is no date; write it as in 2026-11-18
usage: kith todo [NAME|QUERY | NAME [WHEN] TEXT]   (kith help todo)"
	done
	cmp before book/ada.ini
	kith todo ada 'monday, ring him'
	has_status 0
	grep -qx '2026-11-23 = ring him' book/ada.ini
}

@test "a query that ends in an event is a query" {
	put ada.ini <<<$'name = Ada\ntags = press\n[todo]\n2026-11-30 = @fair bring the proofs\n2026-12-01 = ring'
	kith todo 'press @fair'
	expect 0 <<-'EOF'
		2026-11-30  ada  1  @fair bring the proofs
		2026-12-01  ada  2  ring
	EOF
}
