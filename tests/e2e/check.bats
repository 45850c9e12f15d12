# kith check: every finding, and where.
load lib

@test "a sound book is exit status 0" {
	put ana.ini <<<'name = Ana'
	put zoe.ini <<<$'name = Zoe\nvia = ana\nknows = ana\n[log]\n2026-11-21 = [[ana]]'
	kith check
	expect_err 0 "2 contacts, nothing to report"
	kith check -q
	expect_nothing 0
	quiet
	kith check --json
	expect 0 <<<'[]'
}

@test "each finding stands at its line and column" {
	put .kith/config <<-'EOF'
		[book]
		me = nobody
		[every]
		family = often
	EOF
	put ana.ini <<-'EOF'
		[contact]
		email = ana at home
		phone = none
		birthday = 31.10.
		snooze = 2026
		every = soon
		door = ajar
		via = zo
		knows = zoe, tom-weld
		name.stage = Anna
		lang = de
		lang = en
		org = X
		what is this
		  [garden]
		[log]
		2026-02-30 = a
		2026-11-22 = b
		2026-11-20 = [[zoo]]
		[todo]
		soon = c
	EOF
	put zoe.ini <<<$'name = Zoe\nuid = 1\nalias = ana'
	put work/zoe.ini <<<$'name = Zoe\nuid = 1'
	put empty.ini </dev/null
	put latin.ini <<<$'name = Jos\xe9'
	kith check
	expect 1 <<-'EOF'
		book/.kith/config:2:6: no contact 'nobody'; correct the id, or write more than a word for somebody who is not in the book
		book/.kith/config:4:10: family: no cadence; write 2w, 3m, 1y, or 3w..2m for ideal and limit
		book/ana.ini:1:1: no name, so the id stands in; add 'name = '
		book/ana.ini:2:9: 'ana at home' is not one plain e-mail address; mail programs do not get it
		book/ana.ini:3:9: 'none' is no phone number: it has no digit
		book/ana.ini:4:12: '31.10.' is no date; a date is written as 1974-10-31, 1974-10, 1974 or --10-31
		book/ana.ini:5:10: '2026' is no date; a date is written as 2026-11-18
		book/ana.ini:6:9: 'soon' is no cadence; write 2w, 3m, 1y, or 3w..2m for ideal and limit
		book/ana.ini:7:8: 'ajar' cannot be read, so the door stays closed; write open, ask or closed, then until DATE, then a reason
		book/ana.ini:8:7: no contact 'zo'; correct the id, or write more than a word for somebody who is not in the book
		book/ana.ini:9:9: no contact 'tom-weld'; correct the id, or write more than a word for somebody who is not in the book
		book/ana.ini:10:1: 'name' takes no label, so 'name.stage' is another key
		book/ana.ini:12:1: 'lang' can be given once only; the one on line 11 counts
		book/ana.ini:13:7: 'org' goes on over the indented lines below; if they are keys, indent them no deeper than this one
		book/ana.ini:14:1: neither a key, a comment nor a section; put # before it, or write 'key = value'
		book/ana.ini:17:1: there is no day 2026-02-30
		book/ana.ini:18:1: '2026-11-22' lies in the future; what is to come belongs in [todo]
		book/ana.ini:19:14: no contact 'zoo'; did you mean 'zoe'?
		book/ana.ini:21:1: 'soon' is no date; a date is written as 2026-11-18
		book/empty.ini:1:1: nothing in it: damaged? restore it, or remove the file
		book/latin.ini:1:11: not UTF-8 here; convert the file, as with iconv -f LATIN1 -t UTF-8
		book/work/zoe.ini: id 'zoe' is also that of zoe.ini; rename one of the files
		book/work/zoe.ini:2:7: uid is also that of zoe.ini; remove it where it was copied
		book/zoe.ini: id 'zoe' is also that of work/zoe.ini; rename one of the files
		book/zoe.ini:2:7: uid is also that of work/zoe.ini; remove it where it was copied
		book/zoe.ini:3:9: alias 'ana' is the id of ana.ini, where references to it lead
	EOF
}

@test "circles of via, and what refers to itself" {
	put ana.ini <<<$'name = Ana\nvia = bo\nvia = somebody at the fair'
	put bo.ini <<<$'name = Bo\nalias = Bobby\nvia = cy\nknows.friend = ana, bo'
	put cy.ini <<<$'name = Cy\nvia = ANA\n[log]\n2026-11-20 = met: [[ana]] and [[cy]]'
	put dan.ini <<<$'name = Dan\nvia = dan\nvia = ana'
	put eve.ini <<<$'name = Eve\nalias = Bobby\n[log]\n2026-11-20 = [[nobody]]'
	kith check
	expect 1 <<-'EOF'
		book/ana.ini:2:7: a circle: ana via bo via cy via ana; take away the via that is wrong
		book/bo.ini:2:9: alias 'Bobby' is also claimed by eve.ini
		book/bo.ini:4:16: 'bo' is this contact itself
		book/cy.ini:4:14: 'cy' is this contact itself
		book/dan.ini:2:7: dan via dan: nobody comes through themselves
		book/eve.ini:2:9: alias 'Bobby' is also claimed by bo.ini
		book/eve.ini:4:14: no contact 'nobody'; correct the id, or write more than a word for somebody who is not in the book
	EOF
	kith check --json
	[ "$(grep -c '"grade": "doubtful"' out)" -eq 4 ]
}

@test "a file that cannot be read is a finding, and the others are still checked" {
	mkfifo book/pipe.ini
	ln -s /etc/passwd book/link.ini
	put ana.ini <<<'birthday = x'
	kith check
	expect 1 <<-'EOF'
		book/ana.ini:1:1: no name, so the id stands in; add 'name = '
		book/ana.ini:1:12: 'x' is no date; a date is written as 1974-10-31, 1974-10, 1974 or --10-31
		book/link.ini: is a symlink to no contact of the book; kith does not follow it, put what it leads to here
		book/pipe.ini: is a FIFO, not a file
	EOF
}

@test "check changes nothing" {
	put ana.ini <<<$'birthday = x\n\n\njunk'
	stat -c '%i %y' book/ana.ini >before
	kith check
	has_status 1
	stat -c '%i %y' book/ana.ini | diff before -
}

@test "--fix writes what can only be one date as an ISO date, and nothing else" {
	put ana.ini < <(printf '# 2026/1/5\r\nname = Ana\r\nbirthday = 1974/10/31 \r\nnote = 2026/1/5\r\n[log]\r\n2026-1-5 = x')
	put zoe.ini <<<$'name = Zoe\nbirthday = 3/4/1974'
	put bob.ini <<<$'name = Bob\nbirthday = 1974-10-31'
	stat -c '%i %y' book/bob.ini >before
	kith check --fix
	expect 1 <<<"book/zoe.ini:2:12: '3/4/1974' is no date; a date is written as 1974-10-31, 1974-10, 1974 or --10-31"
	says "ana.ini: dates written as ISO dates"
	printf '# 2026/1/5\r\nname = Ana\r\nbirthday = 1974-10-31\r\nnote = 2026/1/5\r\n[log]\r\n2026-01-05 = x' | holds ana.ini
	holds zoe.ini <<<$'name = Zoe\nbirthday = 3/4/1974'
	stat -c '%i %y' book/bob.ini | diff before -
}

@test "it takes no argument" {
	kith check ana
	expect_err 2 "kith check: check looks at the whole book and takes no argument
usage: kith check   (kith help check)"
}

@test "it looks at the files, not at the index" {
	put ana.ini <<<'name = Ana Ruiz'
	kith check --cached
	expect_err 2 "kith check: the files themselves are checked; leave --cached out
usage: kith check   (kith help check)"
}
