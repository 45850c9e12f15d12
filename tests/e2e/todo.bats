# kith todo: promises, and which are open.
load lib

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
	for args in 'ada tomorrow' '--they' '--they ada' 'ada 2026-12 x'; do
		# shellcheck disable=SC2086
		kith todo $args
		expect_nothing 2
		tail -n 1 err | diff - <(echo "usage: kith todo [NAME [WHEN] TEXT]   (kith help todo)")
	done
	kith todo nobody x
	expect_err 1 "kith todo: no contact 'nobody'"
	holds ada.ini <<<$'name = Ada\n[todo]'
}
