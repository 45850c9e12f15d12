# kith set: any key, and no other line.
load lib

# usage MESSAGE: refused, with the usage behind the reason.
usage() {
	expect_err 2 "kith set: $1
usage: kith set NAME KEY=VALUE...   (kith help set)"
}

@test "only the line it is about changes, in a file written by hand" {
	printf '# best before noon\n\n[Contact]\n  Name\t:  Ada\n  phone =  1  \n\n  ; spare\n  city\t=\tYork\nwhat is this\n[log]\n2026-01-02:call: x' >file
	put ada.ini <file
	kith set ada phone=2
	expect_err 0 "ada: phone"
	sed 's/^  phone =  1  $/  phone =  2/' file | holds ada.ini
}

@test "tabs around the separator, CRLF, a BOM and a missing final newline stay" {
	printf '\xef\xbb\xbf[contact]\r\nname\t=\tAda\r\nphone\t=\t1' | put ada.ini
	kith set ada phone=2
	expect_err 0 "ada: phone"
	printf '\xef\xbb\xbf[contact]\r\nname\t=\tAda\r\nphone\t=\t2' | holds ada.ini
	kith set ada city=York
	printf '\xef\xbb\xbf[contact]\r\nname\t=\tAda\r\nphone\t=\t2\r\ncity    =\tYork' | holds ada.ini
}

@test "a new key copies the look of its neighbours and leaves the rest below" {
	put ada.ini <<-'EOF'
		[contact]
		name  = Ada
		phone = 1

		# what happened
		[log]
		2026-01-02 = x
	EOF
	kith set ada org='Ada; Sons'
	holds ada.ini <<-'EOF'
		[contact]
		name  = Ada
		phone = 1
		org   = Ada; Sons

		# what happened
		[log]
		2026-01-02 = x
	EOF
}

@test "the same value changes nothing, and the file is not written" {
	put ada.ini <<<'name=Ada'
	stat -c '%i %y' "$KITH_BOOK/ada.ini" >before
	kith set ada name=Ada
	expect_err 0 "ada: nothing to change"
	stat -c '%i %y' "$KITH_BOOK/ada.ini" | diff before -
}

@test "= leaves one value of a key that stood several times" {
	put ada.ini <<-'EOF'
		name = Ada
		email = a@x
		email.work = w@x
		email = b@x
	EOF
	kith set ada email=c@x
	expect_err 0 "ada: email"
	holds ada.ini <<-'EOF'
		name = Ada
		email = c@x
		email.work = w@x
	EOF
}

@test "+= and -= on a key that repeats are lines" {
	put ada.ini <<-'EOF'
		name = Ada
		email = a@x
	EOF
	kith set ada email+=b@x
	expect_err 0 "ada: +email b@x"
	holds ada.ini <<-'EOF'
		name = Ada
		email = a@x
		email = b@x
	EOF
	kith set ada email-=a@x
	expect_err 0 "ada: -email a@x"
	holds ada.ini <<-'EOF'
		name = Ada
		email = b@x
	EOF
}

@test "+= and -= on a list with commas are items" {
	put ada.ini <<-'EOF'
		name = Ada
		tags = one, two
		needs = a lighthouse until 2027-01-01, tea
	EOF
	kith set ada tags+=three needs+=maps tags-=one needs-=tea
	expect_err 0 "ada: +tags three, +needs maps, -tags one, -needs tea"
	holds ada.ini <<-'EOF'
		name = Ada
		tags = two, three
		needs = a lighthouse until 2027-01-01, maps
	EOF
	kith set ada tags-=two tags-=three
	holds ada.ini <<-'EOF'
		name = Ada
		needs = a lighthouse until 2027-01-01, maps
	EOF
}

@test "what is to be taken away and is not there is said, and nothing is written" {
	put ada.ini <<<'tags = one'
	kith set ada org=X tags-=two
	has_status 1
	expect_nothing 1
	holds ada.ini <<<'tags = one'
}

@test "a key with a label is a key of its own, in any case" {
	put ada.ini <<-'EOF'
		name = Ada
		Email.Work = w@x
		email = a@x
	EOF
	kith set ada email.work=v@x
	expect_err 0 "ada: email.work"
	holds ada.ini <<-'EOF'
		name = Ada
		Email.Work = v@x
		email = a@x
	EOF
}

@test "any key of one's own can be set" {
	put ada.ini <<<'name = Ada'
	kith set ada shoe-size=44 größe=groß
	holds ada.ini <<-'EOF'
		name = Ada
		shoe-size = 44
		größe = groß
	EOF
}

@test "what cannot be a key is refused" {
	put ada.ini <<<'name = Ada'
	kith set ada '[x=1'
	expect_nothing 2
	kith set ada '#x=1'
	expect_nothing 2
	kith set ada a:b=1
	expect_nothing 2
	kith set ada $'a\001b=1'
	expect_nothing 2
	holds ada.ini <<<'name = Ada'
}

@test "several lines become continuation lines, and come back" {
	put ada.ini <<<'name = Ada'
	kith set ada note=$'one\n\n  # two\n[three]'
	holds ada.ini <<-'EOF'
		name = Ada
		note =
		    one

		      # two
		    [three]
	EOF
	kith show ada -k note
	expect 0 <<-'EOF'
		one

		  # two
		[three]
	EOF
}

@test "dates are typed as people say them and written as ISO dates" {
	put ada.ini <<<'name = Ada'
	kith set ada snooze='in 2 weeks' birthday=--10-31 date.met='last friday'
	expect_err 0 "ada: snooze, birthday, date.met"
	holds ada.ini <<-'EOF'
		name = Ada
		snooze = 2026-12-05
		birthday = --10-31
		date.met = 2026-11-20
	EOF
}

@test "until takes a date as people say it, too" {
	put ada.ini <<<'name = Ada'
	kith set ada door='closed until tomorrow moving' needs='tea until friday, milk' offers+='maps until +2w'
	expect_err 0 "ada: door, needs, +offers maps until 2026-12-05"
	holds ada.ini <<-'EOF'
		name = Ada
		door = closed until 2026-11-22 moving
		needs = tea until 2026-11-27, milk
		offers = maps until 2026-12-05
	EOF
}

@test "a date, cadence or door that cannot be read is refused" {
	put ada.ini <<<'name = Ada'
	kith set ada org=X birthday=31.10.
	usage "'31.10.' is no date; write 2026-11-18, today, tomorrow, friday, +2w, -3d, in 2 weeks or 2 weeks ago"
	kith set ada snooze=2027
	usage "'2027' is no whole date; write it as 2026-11-18"
	kith set ada every=soon
	usage "'soon' is no cadence; write 3w, 2m, 1y, or 3w..2m for ideal..limit"
	kith set ada door=ajar
	usage "'ajar' is no door; write open, ask or closed, then 'until 2027-03-01' if it ends, then the reason"
	holds ada.ini <<<'name = Ada'
	kith set ada every=3w..2m door='closed until 2027-03-01 moving'
	expect_err 0 "ada: every, door"
}

@test "a note of 10,000 bytes on one line comes back whole" {
	note=$(printf 'tea ; not # coffee = x:%.0s' {1..440})
	[ "${#note}" -ge 10000 ]
	put ada.ini < <(printf '[contact]\nname = Ada\nnote = %s\n' "$note")
	kith set ada phone=1
	holds ada.ini < <(printf '[contact]\nname = Ada\nnote = %s\nphone = 1\n' "$note")
	kith show ada -k note
	expect 0 <<<"$note"
	kith show ada --json
	grep -qxF "      \"value\": \"$note\"" out
	kith set ada note="$note"
	expect_err 0 "ada: nothing to change"
	kith set ada note="$note!"
	holds ada.ini < <(printf '[contact]\nname = Ada\nnote = %s\nphone = 1\n' "$note!")
}

@test "the name may be several words; the first KEY=VALUE ends it" {
	put ada.ini <<<'name = Ada Byron'
	kith set ada byron org=X
	expect_err 0 "ada: org"
	kith set ada org=X byron
	usage "'byron' is not KEY=VALUE, KEY+=VALUE or KEY-=VALUE"
}

@test "a value may be empty, hold = and be no option" {
	put ada.ini <<<'name = Ada'
	kith set ada url='http://x/?a=b' motto='--none'
	holds ada.ini <<-'EOF'
		name = Ada
		url = http://x/?a=b
		motto = --none
	EOF
}

@test "without a name, or without anything to set, it is wrong usage" {
	put ada.ini <<<'name = Ada'
	kith set
	usage "who is meant?"
	kith set org=X
	usage "who is meant?"
	kith set ada
	usage "what is to be set?"
	kith set ada $'note=\xff'
	usage "'note=\\xff' is not UTF-8"
}

@test "the file's permission bits survive" {
	put ada.ini <<<'name = Ada'
	chmod 640 "$KITH_BOOK/ada.ini"
	kith set ada phone=1
	[ "$(stat -c %a "$KITH_BOOK/ada.ini")" = 640 ]
}

@test "-q says nothing" {
	put ada.ini <<<'name = Ada'
	kith set -q ada phone=1
	expect_nothing 0
	quiet
}
