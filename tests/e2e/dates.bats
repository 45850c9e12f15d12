# kith dates: birthdays and other dates that come round.
load lib
load ics

people() {
	put paul.ini <<-'EOF'
		name = Paul Novak
		birthday = 1974-11-25
		date.wedding = 2001-12-21
	EOF
	put family/maggie.ini <<-'EOF'
		name = Maggie
		tags = family
		birthday = 1974-12
		date.moved = 2014
		date.naming = --11-21
	EOF
	put jose.ini <<<$'name = José\nbirthday = --02-29'
}

@test "the next 30 days, by date" {
	people
	kith dates
	expect 0 <<-'EOF'
		2026-11-21 Sat  Maggie      naming
		2026-11-25 Wed  Paul Novak  birthday, 52 years
		2026-12         Maggie      birthday, 52 years
		2026-12-21 Mon  Paul Novak  wedding, 25 years
	EOF
	quiet
	KITH_NOW=2026-11-22 kith dates paul
	expect 0 <<-'EOF'
		2026-11-25 Wed  Paul Novak  birthday, 52 years
		2026-12-21 Mon  Paul Novak  wedding, 25 years
	EOF
	KITH_NOW=2027-01-01 kith dates
	expect_err 1 "no date is near"
}

@test "--within says how far; of a query" {
	people
	kith dates --within 1w
	expect 0 <<-'EOF'
		2026-11-21 Sat  Maggie      naming
		2026-11-25 Wed  Paul Novak  birthday, 52 years
	EOF
	kith dates --within 0d '#family'
	expect 0 <<<'2026-11-21 Sat  Maggie  naming'
	kith dates '#family' --within '13 months'
	expect 0 <<-'EOF'
		2026-11-21 Sat  Maggie  naming
		2026-12         Maggie  birthday, 52 years
		2027-11-21 Sun  Maggie  naming
		2027-12         Maggie  birthday, 53 years
	EOF
	for period in soon 1 -1w 11y 9999y ''; do
		kith dates --within "$period"
		expect_nothing 2
	done
	kith dates nobody-at-all
	expect_err 1 "kith dates: no contact 'nobody-at-all'"
}

@test "29 February shows on the 28th in common years" {
	people
	KITH_NOW=2027-02-28 kith dates jose --within 0d
	expect 0 <<<'2027-02-28 Sun  José  birthday (29 February)'
	KITH_NOW=2028-02-28 kith dates jose --within 1d
	expect 0 <<<'2028-02-29 Tue  José  birthday'
	KITH_NOW=2027-03-01 kith dates jose --within 11m
	expect_nothing 1
}

@test "nobody whose door is closed; ask is marked" {
	people
	kith set paul door=closed
	kith set maggie door=ask
	kith dates
	expect 0 <<-'EOF'
		2026-11-21 Sat  Maggie  naming (ask first)
		2026-12         Maggie  birthday, 52 years (ask first)
	EOF
	kith dates paul
	expect_err 1 "no date is near"
	kith dates paul --ics
	has_status 1
	[ "$(grep -c Paul out)" -eq 0 ]
}

@test "a date that cannot be read never comes, nor does one before its year" {
	put ada.ini <<-'EOF'
		birthday = 21 November
		date.a = 2026-11-31
		date.b = 9999-11-25
		date.c = 0000-11-25
		date.d = --13-01
		date = --11-24
		date.e = 2026-11-25
	EOF
	kith dates
	expect 0 <<-'EOF'
		2026-11-24 Tue  ada  date
		2026-11-25 Wed  ada  e
	EOF
}

@test "--json" {
	people
	kith dates --json maggie
	expect 0 <<-'EOF'
		[
		  {
		    "id": "maggie",
		    "path": "family/maggie.ini",
		    "name": "Maggie",
		    "date": "2026-11-21",
		    "label": "naming",
		    "since": "--11-21",
		    "years": null
		  },
		  {
		    "id": "maggie",
		    "path": "family/maggie.ini",
		    "name": "Maggie",
		    "date": "2026-12",
		    "label": "birthday",
		    "since": "1974-12",
		    "years": 52
		  }
		]
	EOF
	kith dates --json jose
	expect 1 <<<'[]'
}

@test "--ics has all that have a day, each year, the leap day too" {
	people
	put ann.ini <<<$'birthday = 1992-02-29\nbirthday = 1992-03-01'
	kith dates --ics
	has_status 0
	sound_ics out
	ics_lines '^(SUMMARY|DTSTART|RRULE)' | diff -u - <(printf '%s\n' \
		'DTSTART;VALUE=DATE:19920229' 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1' \
		'SUMMARY:ann: birthday (1992)' \
		'DTSTART;VALUE=DATE:19920301' 'RRULE:FREQ=YEARLY' 'SUMMARY:ann: birthday (1992)' \
		'DTSTART;VALUE=DATE:20000229' 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1' \
		'SUMMARY:José: birthday' \
		'DTSTART;VALUE=DATE:20001121' 'RRULE:FREQ=YEARLY' 'SUMMARY:Maggie: naming' \
		'DTSTART;VALUE=DATE:19741125' 'RRULE:FREQ=YEARLY' \
		'SUMMARY:Paul Novak: birthday (1974)' \
		'DTSTART;VALUE=DATE:20011221' 'RRULE:FREQ=YEARLY' \
		'SUMMARY:Paul Novak: wedding (2001)')
	kith dates --ics --json
	expect_nothing 2
	kith dates --ics --within 1w
	expect_nothing 2
}

@test "--ics names an item the same in the next year, on another day, of one person alone" {
	people
	kith dates --ics
	ics_lines ^UID | sort >all
	KITH_NOW=2027-05-05 kith dates --ics
	ics_lines ^UID | sort | diff all -
	kith set paul birthday=1974-11-26
	kith dates --ics paul
	ics_lines ^UID | sort | comm -13 all - | diff - /dev/null
}

@test "names that would break a calendar" {
	put odd.ini < <(printf 'name = A, B; C\\D %s\nbirthday = --05-05\n' "$(printf 'é%.0s' {1..80})")
	put bytes.ini < <(printf 'name = B\xff\x01x\ndate.l\xfft = --05-05\n')
	kith dates --ics
	has_status 0
	sound_ics out
	ics_lines '^SUMMARY:A' | diff - <(printf 'SUMMARY:A\\, B\\; C\\\\D %s: birthday\n' \
		"$(printf 'é%.0s' {1..80})")
	iconv -f UTF-8 -t UTF-8 out >/dev/null
}
