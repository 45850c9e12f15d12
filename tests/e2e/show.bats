# kith show: one contact, laid out.
load lib
load terminal

setup_file() {
	export PAUL=$BATS_FILE_TMPDIR/paul.ini
	cat >"$PAUL" <<-'EOF'
		# has no use for anything I sell
		[contact]
		name       = Paul Novak
		uid        = 8f6a4c0e
		email      = paul@novak.example
		email.work = p.novak@nightharbor.example
		tags       = writer, tampa
		shoe-size  = 44
		note       = Tuna; on a croissant.
		    Second # line.

		    Third.
		[log]
		2026-08-17 = @dunkin-main met: waiting out a storm
		2026-10-19 = got: two cards
		    from his wallet
		2026-10-19 = note: later that day
		[todo]
		2026-11-01 = thank him
		2026-12-05 = they: sends dates
		[garden]
		roses = red
	EOF
}

@test "fields, promises and the log, newest first; the uid is for programs" {
	put paul-novak.ini <"$PAUL"
	kith show paul
	expect 0 <<-'EOF'
		Paul Novak  paul-novak.ini
		  last contact  2026-10-19, 4 weeks ago
		  email         paul@novak.example
		  email work    p.novak@nightharbor.example
		  tags          writer, tampa
		  shoe-size     44
		  note
		    Tuna; on a croissant.
		    Second # line.

		    Third.

		Todo
		  1  2026-11-01  thank him
		  2  2026-12-05  they: sends dates

		Log
		  2026-10-19  note   later that day
		  2026-10-19  got   
		    two cards
		    from his wallet
		  2026-08-17  met    @dunkin-main waiting out a storm

		garden
		  roses         red
	EOF
	quiet
}

@test "cat is show, and the name may be several words" {
	put paul-novak.ini <<<'name = Paul Novak'
	kith cat novak paul
	expect 0 <<<'Paul Novak  paul-novak.ini'
}

@test "a door that is not open stands on top" {
	put ada.ini <<-'EOF'
		name = Ada
		org = X
		door = closed until 2027-03-01 asked for quiet
	EOF
	kith show ada
	expect 0 <<-'EOF'
		Ada  ada.ini
		  door: closed until 2027-03-01 asked for quiet
		  org           X
	EOF
	KITH_NOW=2027-03-02 kith show ada
	expect 0 <<-'EOF'
		Ada  ada.ini
		  org           X
		  door          closed until 2027-03-01 asked for quiet
	EOF
}

@test "--raw is the file, byte for byte" {
	printf '\xef\xbb\xbf# mine\r\nname=Ada\t\r\n what\033[31m\n\nx = \xff' >file
	put ada.ini <file
	kith show ada --raw
	has_status 0
	cmp file out
}

@test "-k prints the values of a key, a line each" {
	put paul-novak.ini <"$PAUL"
	kith show paul -k email
	expect 0 <<-'EOF'
		paul@novak.example
		p.novak@nightharbor.example
	EOF
	kith show paul --key=EMAIL.WORK
	expect 0 <<<p.novak@nightharbor.example
	kith show paul -k uid
	expect 0 <<<8f6a4c0e
	kith show paul -k note
	expect 0 <<-'EOF'
		Tuna; on a croissant.
		Second # line.

		Third.
	EOF
	kith show paul -k phone
	expect_nothing 1
	quiet
	kith show paul --raw --json
	expect_err 2 "kith show: --raw is the file as it is, --json is JSON; not both
usage: kith show NAME   (kith help show)"
}

@test "without a name in the file the id stands in" {
	put ada.ini <<<'org = X'
	kith show ada
	expect 0 <<-'EOF'
		ada  ada.ini
		  org           X
	EOF
}

@test "what could move the cursor is made visible" {
	put ada.ini < <(printf 'name = A\033[2Jda\norg = \u202egpj.exe\nnote = a\tb\n city\r\n x\xff\n')
	kith show ada
	expect 0 <<-'EOF'
		A\x1b[2Jda  ada.ini
		  org           \u202Egpj.exe
		  note
		    a	b
		    city
		    x\xff
	EOF
	says "book/ada.ini:5:3: not UTF-8 here; convert the file, as with iconv -f LATIN1 -t UTF-8"
}

@test "a bad date is shown as it stands" {
	put ada.ini <<-'EOF'
		name = Ada
		[log]
		31.10.2026 = a party
		[todo]
		soon = a call
	EOF
	kith show ada
	expect 0 <<-'EOF'
		Ada  ada.ini

		Todo
		  1  soon        a call

		Log
		  31.10.2026  met    a party
	EOF
}

@test "junk lines are named, the rest is shown" {
	put ada.ini <<-'EOF'
		name = Ada
		what is this
	EOF
	kith show ada
	expect 0 <<<'Ada  ada.ini'
	says "book/ada.ini:2:1: neither a key, a comment nor a section; put # before it, or write 'key = value'"
}

@test "a note of 10,000 bytes on one line is shown whole" {
	note=$(printf 'tea ; not # coffee = x:%.0s' {1..440})
	put ada.ini <<<"note = $note"
	kith show ada
	expect 0 <<<"ada  ada.ini
  note          $note"
}

@test "on a terminal a long value goes on below itself, between words" {
	put ada.ini <<<$'name = Ada\ntitle = one two three four five six seven eight nine ten\n[log]\n2026-01-02 = @park call: one two three four five six'
	COLUMNS=44 terminal 'kith show ada' </dev/null
	expect 0 <<-'EOF'
		Ada  ada.ini
		  last contact  2026-01-02, 10 months ago
		  title         one two three four five six
		                seven eight nine ten

		Log
		  2026-01-02  call   @park one two three
		                     four five six
	EOF
	kith show ada
	grep -qx '  title         one two three four five six seven eight nine ten' out
}

@test "colour when asked for, and never with NO_COLOR unless" {
	put ada.ini <<<'org = X'
	kith show ada --color=always
	expect 0 < <(printf '\033[1mada\033[2m  ada.ini\033[0m\n  \033[36morg\033[0m           X\n')
	NO_COLOR=1 CLICOLOR_FORCE=1 kith show ada
	expect 0 <<<$'ada  ada.ini\n  org           X'
	CLICOLOR_FORCE=1 kith show ada --color=never
	expect 0 <<<$'ada  ada.ini\n  org           X'
}

@test "without a name it is wrong usage" {
	kith show
	expect_err 2 "kith show: who is meant?
usage: kith show NAME   (kith help show)"
}
