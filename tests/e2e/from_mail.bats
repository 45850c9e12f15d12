# kith log --from-mail: a mail says who, when and what.
load lib
load git

# me [FILE]: the settings say who you are.
me() {
	put glynis-jordan.ini <<-'EOF'
		name = Glynis Jordan
		email = glynis@jordan.example
		email.work = Glynis <g@press.example>
	EOF
	put .kith/config <<<$'[book]\nme = glynis-jordan'
}

paul() {
	put paul-novak.ini <<<$'name = Paul Novak\nemail = paul@novak.example\n[log]'
}

# mail FROM [HEADER...]: a mail of 20 November to you.
mail() {
	printf '%s\n' "From: $1" 'To: Glynis <glynis@jordan.example>' \
		'Date: Fri, 20 Nov 2026 18:30:00 +0000' "${@:2}" '' 'From: body@x' 'Subject: body'
}

@test "a mail is logged for its sender, on its day, under its subject" {
	me
	paul
	kith log --from-mail < <(mail 'P. N. <PAUL@novak.example>' 'Subject: the lighthouse')
	expect_err 0 'paul-novak: log 2026-11-20, mail: the lighthouse'
	holds paul-novak.ini <<-'EOF'
		name = Paul Novak
		email = paul@novak.example
		[log]
		2026-11-20 = mail: the lighthouse
	EOF
	kith list -c id,last paul
	expect 0 <<<'paul-novak  2026-11-20'
}

@test "a sender who is not there is created from the header" {
	me
	kith log --from-mail < <(mail '=?iso-8859-1?Q?Zo=EB_Lindqvist?= <zoe@lindqvist.example>' \
		'Subject: hello')
	expect_err 0 $'created zoe-lindqvist.ini\nzoe-lindqvist: log 2026-11-20, mail: hello'
	sed 's/^uid  *= [0-9a-f-]*$/uid/' book/zoe-lindqvist.ini | diff -u - <(printf '%s\n' \
		'[contact]' 'name       = Zoë Lindqvist' 'uid' 'email      = zoe@lindqvist.example' '' \
		'[log]' '2026-11-20 = mail: hello')
	kith log --from-mail < <(mail 'tom@weld.example')
	says $'created tom-weld-example.ini\ntom-weld-example: log 2026-11-20, mail: (no subject)'
	kith list --format '{name} <{email}>' tom
	expect 0 <<<'tom@weld.example <tom@weld.example>'
	kith log --from-mail < <(mail '=?utf-8?Q?=E2=80=8B?= <blank@x.example>')
	kith list --format '{name}' blank
	expect 0 <<<'blank@x.example'
}

@test "the name of a new one may be somebody's already: it is said" {
	me
	paul
	kith log --from-mail < <(mail 'Paul Novak <paul@elsewhere.example>')
	expect_nothing 0
	grep -q 'probably here already: book/paul-novak.ini (the same name)$' err
	[ -e book/paul-novak-2.ini ]
}

@test "what you wrote is logged for those you wrote to, each linked to the others" {
	me
	paul
	put ana.ini <<<$'name = Ana Ruiz\nemail = Ana <ana@ruiz.example>'
	{
		echo 'From: Glynis <G@press.example>'
		echo 'To: Paul <paul@novak.example>, Tom Weld <tom@weld.example>,'
		echo '  glynis@jordan.example, PAUL@novak.example'
		echo 'Cc: ana@ruiz.example, Stranger <who@x.example>'
		echo 'Subject: Re: RE: the menu'
		echo 'Date: Fri, 20 Nov 2026 18:30:00 +0000'
	} >mail
	kith log --from-mail <mail
	expect_err 0 'created tom-weld.ini
paul-novak: log 2026-11-20, mail: the menu
tom-weld: log 2026-11-20, mail: the menu
ana: log 2026-11-20, mail: the menu'
	tail -n 1 book/paul-novak.ini | diff -u - <(echo '2026-11-20 = mail: the menu [[tom-weld]] [[ana]]')
	tail -n 1 book/tom-weld.ini | diff -u - <(echo '2026-11-20 = mail: the menu [[paul-novak]] [[ana]]')
	tail -n 1 book/ana.ini | diff -u - <(echo '2026-11-20 = mail: the menu [[paul-novak]] [[tom-weld]]')
	[ "$(ls book)" = $'ana.ini\nglynis-jordan.ini\npaul-novak.ini\ntom-weld.ini' ]
	run ! grep -q '\[log\]' book/glynis-jordan.ini
	kith log --from-mail <mail
	expect_err 0 'paul-novak: nothing to change
tom-weld: nothing to change
ana: nothing to change'
	kith log --from-mail < <(sed 's/^Cc:.*/Cc: zoe@x.example/' mail)
	says $'paul-novak: nothing to change\ntom-weld: nothing to change'
}

@test "the same mail twice adds nothing the second time, nor does an answer of that day" {
	me
	paul
	for subject in hello hello 'Re: hello' 'AW: Re[2]: hello'; do
		kith log --from-mail < <(mail paul@novak.example "Subject: $subject")
		has_status 0
	done
	says 'paul-novak: nothing to change'
	for subject in hell 'hello there' 'hello [[ana]]'; do
		kith log --from-mail < <(mail paul@novak.example "Subject: $subject")
	done
	grep '^2026' book/paul-novak.ini | diff -u - <(printf '2026-11-20 = mail: %s\n' \
		hello hell 'hello there' 'hello [ana]]')
	kith log --from-mail < <(mail paul@novak.example 'Subject: hello' | sed 's/^Date: Fri, 20/Date: 19/')
	grep -c 'mail: hello$' book/paul-novak.ini | grep -qx 2
}

@test "it is one commit" {
	repo
	me
	paul
	commit_all
	kith log --from-mail <<-'EOF'
		From: glynis@jordan.example
		To: paul@novak.example, Tom <tom@weld.example>, Ana <ana@ruiz.example>
		Subject: the menu
	EOF
	has_status 0
	subjects | sed 1d | diff -u - <(echo 'by hand')
	changed_in | diff -u - <(printf '%s\n' ana.ini paul-novak.ini tom.ini)
	clean
}

@test "the day is that of local time" {
	me
	paul
	TZ=UTC-10 kith log --from-mail < <(mail paul@novak.example 'Subject: x')
	says 'paul-novak: log 2026-11-21, mail: x'
	TZ=UTC+20 kith log --from-mail < <(mail paul@novak.example 'Subject: x')
	says 'paul-novak: log 2026-11-19, mail: x'
}

@test "a mail without a date, or from the future, is of today" {
	me
	paul
	for date in '' soon 'Mon, 23 Nov 2026 09:00:00 +0000' '1 Jan 9999 00:00:00 +0000'; do
		kith log --from-mail <<<"From: paul@novak.example"$'\n'"Subject: <$date>"$'\n'"Date: $date"
		says "paul-novak: log 2026-11-21, mail: <$date>"
	done
	kith log --from-mail < <(printf '%s\n' 'From: paul@novak.example' 'Date: 1 Jan 0001 00:00 Z')
	says 'paul-novak: log 0001-01-01, mail: (no subject)'
}

@test "signs in a subject are somebody else's: no link, no event, no arrow" {
	me
	paul
	kith log --from-mail < <(mail paul@novak.example \
		'Subject: [[ana-ruiz]] @everybody (@here) [[[x]] a@b A -> B they: call: #1 won')
	tail -n 1 book/paul-novak.ini |
		diff -u - <(echo '2026-11-20 = mail: [ana-ruiz]] everybody (here) [x]] a@b A → B they: call: #1 won')
	kith list --json paul -c log
	python3 - <<-'EOF'
		import json
		entry = json.load(open("out"))[0]["log"][0]
		assert entry["kind"] == "mail" and not entry.get("event") and not entry.get("people"), entry
	EOF
}

@test "nothing of the headers reaches the terminal or another line of the file" {
	me
	kith log --from-mail < <(mail '=?utf-8?Q?Ev=1B]0=3Bil=0A=5Bcontact=5D?= <e@x.example>' \
		'Subject: =?utf-8?Q?a=0A2026-01-01_=3D_won:_b=1B[2J?=')
	says $'created ev-0-il-contact.ini\nev-0-il-contact: log 2026-11-20, mail: a 2026-01-01 = won: b [2J'
	grep -c . book/ev-0-il-contact.ini | grep -qx 6
	run ! grep -q $'\e' book/ev-0-il-contact.ini err
}

@test "without me everybody is a sender" {
	paul
	kith log --from-mail < <(mail paul@novak.example 'Subject: x')
	says 'paul-novak: log 2026-11-20, mail: x'
	put .kith/config <<<$'[book]\nme = nobody-there'
	kith log --from-mail < <(mail paul@novak.example 'Subject: y')
	says 'paul-novak: log 2026-11-20, mail: y'
	[ "$(ls book)" = paul-novak.ini ]
}

# left STATUS WHY: nothing was written, and this is why.
left() {
	expect_err "$1" "kith log: $2"
	paul_before | diff -u - book/paul-novak.ini
	[ "$(ls book)" = $'glynis-jordan.ini\npaul-novak.ini' ]
}

paul_before() {
	printf '%s\n' 'name = Paul Novak' 'email = paul@novak.example' '[log]'
}

@test "what no person wrote to you is left alone" {
	me
	paul
	for header in 'List-Id: <friends.example>' 'Precedence: bulk' 'List-Unsubscribe: <x>'; do
		kith log --from-mail < <(mail paul@novak.example "$header")
		left 1 'it went to a mailing list; nothing was written'
	done
	for header in 'Auto-Submitted: auto-replied' 'Return-Path: <>' \
		'Content-Type: multipart/report; report-type=delivery-status'; do
		kith log --from-mail < <(mail paul@novak.example "$header")
		left 1 'a program wrote it; nothing was written'
	done
	kith log --from-mail < <(mail 'Shop <no-reply@shop.example>')
	left 1 'a program wrote it; nothing was written'
	kith log --from-mail < <(mail glynis@jordan.example)
	left 1 'there is nobody in it but you; nothing was written'
	kith log --from-mail < <(echo 'From: g@press.example')
	left 1 'there is nobody in it but you; nothing was written'
}

@test "what you wrote to a list is yours all the same" {
	me
	paul
	kith log --from-mail <<<$'From: g@press.example\nTo: paul@novak.example\nPrecedence: bulk\nSubject: x'
	says 'paul-novak: log 2026-11-21, mail: x'
}

@test "a crowd does not correspond" {
	me
	paul
	{
		printf 'From: g@press.example\nTo: paul@novak.example'
		printf ', someone-%s@x.example' {1..60}
		printf '\n\n'
	} >mail
	kith log --from-mail <mail
	left 1 'it is to or from more than 50; nothing was written'
	sed -i 's/^From: .*/From: paul@novak.example/' mail
	kith log --from-mail <mail
	says 'paul-novak: log 2026-11-21, mail: (no subject)'
}

@test "an address that two have says whom it could be" {
	me
	paul
	put work/pavel.ini <<<'email = paul@novak.example'
	cp book/paul-novak.ini before
	kith log --from-mail < <(mail 'New <new@x.example>, paul@novak.example')
	has_status 1
	grep -qE '^kith log: (paul-novak.ini and work/pavel.ini|work/pavel.ini and paul-novak.ini) both have the address paul@novak.example; nothing was written$' err
	cmp before book/paul-novak.ini
	gone new.ini
}

@test "no mail at all is wrong usage" {
	me
	paul
	for text in '' 'hello' $'\n\nFrom: a@x' 'From: nobody' $'Subject: x\n\nFrom: a@x'; do
		kith log --from-mail <<<"$text"
		left 2 'stdin is no mail: nobody is in its From
usage: kith log NAME[,NAME] [@EVENT] [TEXT]   (kith help log)'
	done
	kith log --from-mail paul <<<'From: a@x'
	left 2 '--from-mail takes all from the mail on stdin
usage: kith log NAME[,NAME] [@EVENT] [TEXT]   (kith help log)'
	kith log --from-mail --on today <<<'From: a@x'
	has_status 2
	kith log --from-mail <book
	left 3 'cannot read stdin: Is a directory'
}

@test "a body of sixteen megabytes, CRLF, an mbox, raw Latin-1" {
	me
	paul
	{
		printf 'From paul@novak.example Fri Nov 20 18:30:00 2026\r\n'
		printf 'From: Paul\r\n <paul@novak.example>\r\nSubject: caf\xe9\r\n\r\n'
		head -c 16000000 /dev/zero
	} >mail
	kith log --from-mail < <(cat mail && : >read-on)
	says 'paul-novak: log 2026-11-21, mail: café'
	[ -e read-on ]
	tail -n 1 book/paul-novak.ini | diff -u - <(echo '2026-11-21 = mail: café')
	kith log --from-mail < <(head -c 3000000 /dev/urandom)
	has_status 2
	kith log --from-mail < <(printf 'From: paul@novak.example\nX: ' && head -c 3000000 /dev/zero && printf '\nSubject: far')
	says 'paul-novak: log 2026-11-21, mail: (no subject)'
}

@test "four mails of a new sender at once make one contact" {
	me
	for n in 1 2 3 4; do
		command kith log --from-mail < <(mail 'Zoe <zoe@x.example>' "Subject: number $n") 2>/dev/null &
	done
	wait
	[ "$(ls book)" = $'glynis-jordan.ini\nzoe.ini' ]
	[ "$(grep -c 'mail: number' book/zoe.ini)" -eq 4 ]
}

@test "who was met, and has no address, gets it from the first mail" {
	put kjell.ini <<<$'name = Kjell Östlund\n[log]'
	put lena.ini <<<$'name = Lena Falk\nemail = lena@old.example\n[log]'
	kith log --from-mail <<-'EOF'
		From: Kjell Ostlund <kjell@ostlund.example>
		Subject: good to meet you
	EOF
	expect_err 0 "kjell: email kjell@ostlund.example
kjell: log 2026-11-21, mail: good to meet you"
	grep -qx 'email = kjell@ostlund.example' book/kjell.ini
	kith log --from-mail <<-'EOF'
		From: Lena Falk <lena@new.example>
		Subject: hello
	EOF
	has_status 0
	[ -e book/lena-falk.ini ] # another address may be another Lena
}

@test "the thanks of who wrote to you are not yours" {
	put paul.ini <<-'EOF'
		name = Paul
		email = paul@ok.example
		[log]
		2026-11-19 = got: a card
	EOF
	kith log --from-mail <<-'EOF'
		From: paul@ok.example
		Subject: Thanks for nothing #topic
	EOF
	has_status 0
	tail -n 1 book/paul.ini | diff - <(echo '2026-11-21 = mail: they: Thanks for nothing topic')
	kith today
	grep -q 'gave you something' out
}
