# The files of examples/recipes, unchanged, in the programs they are for.
load lib
load screen

readonly recipes=$BATS_TEST_DIRNAME/../../examples/recipes

needs() {
	type -P "$1" >/dev/null || skip "$1 is not installed"
}

# A name that is typed without its marks, one that is a trap, one with an apostrophe, and two that a
# word finds.
people() {
	put jose.ini <<-'EOF'
		name = José Núñez
		nick = pepe
		email.work = jose@ok.example
		org = Night Harbor
	EOF
	put bob.ini <<-'EOF'
		name = Bob" <boss@evil.example>, "x
		email = bob@ok.example
	EOF
	put pat.ini <<-'EOF'
		name = Pat O'Hara
		title = baker
		email = pat@ok.example
	EOF
	put ann.ini <<-'EOF'
		name = Ann Lee
		email = ann@ok.example
		note = a friend of Smith
	EOF
	put zoe.ini <<-'EOF'
		name = Zoe Smith
		email = zoe@ok.example
	EOF
}

# crowd: more than a mail program is given unless it asks for more.
crowd() {
	local i
	for i in {1..120}; do
		put "many-$i.ini" <<<"email = many$i@ok.example"
	done
}

# mail_system: mailboxes below mail, and a program that sends: the letter goes to the file sent,
# its addressees, a line each, to sent.to, and then there is a line on descriptor 8.
mail_system() {
	mkfifo mailed
	exec 8<>mailed
	mkdir -p mail/INBOX/{cur,new,tmp}
	: >mail/mbox
	cat >sendmail <<-'EOF'
		#!/bin/sh
		for one; do
			case $one in
			-*) ;;
			*) printf '%s\n' "$one" ;;
			esac
		done >sent.to
		cat >sent
		echo >mailed
	EOF
	chmod +x sendmail
	export TMPDIR=$PWD
}

# compose PROGRAM RC: mutt or neomutt asks whom to write to.
compose() {
	people
	mail_system
	screen "$1 -n -F '$recipes/$2' -e 'set folder=\"$PWD/mail\" spoolfile=\"$PWD/mail/mbox\" \
		sendmail=\"$PWD/sendmail\" sendmail_wait=0 from=me@ok.example use_envelope_from=no \
		editor=true abort_unmodified=no copy=no sleep_time=0'"
	until_shows 'q:Quit'
	keys m
	until_shows 'To:'
}

# send: whom is said; write nothing and send it.
send() {
	keys Enter
	until_shows 'Subject:'
	keys hello Enter
	until_shows 'y:Send'
	keys y
	read -r -t 20 -u 8
}

# addressed ADDRESS...: the letter that was sent goes to these, and nobody else.
addressed() {
	diff -u --label wanted --label sent.to <(printf '%s\n' "$@") sent.to
}

two_names() {
	compose "$@"
	keys nunez C-t
	until_shows 'To: José Núñez <jose@ok.example>'
	keys ", o'h" C-t
	until_shows '<pat@ok.example>'
	send
	addressed jose@ok.example pat@ok.example
}

trap_of_a_name() {
	compose "$@"
	keys bob C-t
	until_shows '<bob@ok.example>'
	send
	addressed bob@ok.example
	grep -q '^To: [^<>]* <bob@ok.example>$' sent
}

best_first() {
	compose "$@"
	keys smi C-t
	until_shows ann@ok.example
	until_shows zoe@ok.example
	grep -o '[a-z]*@ok.example' shown | diff -u - <(printf '%s\n' zoe@ok.example ann@ok.example)
	keys Enter
	until_shows '<zoe@ok.example>'
	send
	addressed zoe@ok.example
}

nobody() {
	compose "$@"
	keys C-g
	keys Q
	until_shows 'Query:'
	keys "o'nobody" Enter
	until_shows "searching for 'o'nobody': nobody"
}

# logs PROGRAM RC: a letter of the inbox is logged with a key, whatever stands in its subject.
# shellcheck disable=SC2016 # nothing in it is to be expanded
logs() {
	people
	mail_system
	printf '%s\n' 'From ann Fri Nov 20 18:30:00 2026' 'From: Ann <ann@ok.example>' 'To: me@ok.example' \
		'Date: Fri, 20 Nov 2026 18:30:00 +0000' \
		'Subject: =?utf-8?Q?caf=C3=A9?= $(touch bad) `touch bad`' '' body >mail/mbox
	screen "$1 -n -F '$recipes/$2' -e 'set folder=\"$PWD/mail\" spoolfile=\"$PWD/mail/mbox\" \
		sleep_time=0 pipe_decode'"
	until_shows 'q:Quit'
	keys K
	until_shows 'ann: log 2026-11-20'
	tail -n 1 book/ann.ini | diff -u - <(echo '2026-11-20 = mail: café $(touch bad) `touch bad`')
	[ ! -e bad ]
}

@test "mutt: names are found as they are typed" {
	needs mutt
	two_names mutt mutt/muttrc
}

@test "mutt: a name that tries to add an address" {
	needs mutt
	trap_of_a_name mutt mutt/muttrc
}

@test "mutt: the best match comes first" {
	needs mutt
	best_first mutt mutt/muttrc
}

@test "mutt: nobody of that name" {
	needs mutt
	nobody mutt mutt/muttrc
}

@test "mutt: a letter is logged with a key" {
	needs mutt
	logs mutt mutt/muttrc
}

@test "neomutt: names are found as they are typed" {
	needs neomutt
	two_names neomutt neomutt/neomuttrc
}

@test "neomutt: a name that tries to add an address" {
	needs neomutt
	trap_of_a_name neomutt neomutt/neomuttrc
}

@test "neomutt: the best match comes first" {
	needs neomutt
	best_first neomutt neomutt/neomuttrc
}

@test "neomutt: a letter is logged with a key" {
	needs neomutt
	logs neomutt neomutt/neomuttrc
}

# compose_aerc: aerc asks whom to write to; the letter is ready but for that.
compose_aerc() {
	needs aerc
	people
	mail_system
	mkdir -p home/.config/aerc
	cp "$recipes/aerc/aerc.conf" home/.config/aerc
	cat >home/.config/aerc/accounts.conf <<-EOF
		[me]
		source = maildir://$PWD/mail
		outgoing = $PWD/sendmail
		from = me@ok.example
		default = INBOX
	EOF
	chmod 600 home/.config/aerc/accounts.conf
	printf '%s\n' '#!/bin/sh' 'echo Editing' 'read -r _' >editor
	chmod +x editor
	screen "XDG_RUNTIME_DIR='$PWD' EDITOR='$PWD/editor' aerc"
	until_shows 'Connected'
	keys ':compose -H Subject:hello' Enter
	until_shows 'Editing'
}

@test "aerc: names are found while they are typed" {
	compose_aerc
	keys nunez
	until_shows 'José Núñez <jose@ok.example>'
	keys Tab
	until_shows 'To: José Núñez'
	keys ", o'h"
	until_shows "\"Pat O'Hara\" <pat@ok.example>"
	keys Tab ', bob'
	until_shows '<bob@ok.example>'
	keys Tab C-j C-j Enter
	until_shows 'Send this'
	keys y
	read -r -t 20 -u 8
	addressed jose@ok.example pat@ok.example bob@ok.example
}

@test "aerc: as many as it takes" {
	crowd
	command=$(sed -n 's/^address-book-cmd = //p' "$recipes/aerc/aerc.conf")
	sh -c "${command//%s/many}" >found
	[ "$(wc -l <found)" -eq 100 ]
	[ "$(cut -f 1 found | grep -cx 'many[0-9]*@ok.example')" -eq 100 ]
}

# offers: the file out is exactly stdin.
offers() {
	diff -u --label wanted --label offered - out
}

# alot_finds TEXT: what it offers for the text, through its own settings and completion; in the
# file out.
alot_finds() {
	local program
	program=$(realpath "$(type -P alot)")
	PYTHONPATH=${program%/*} LC_ALL=C.UTF-8 "$(sed -n '1s/^#!//p' "$program")" - \
		"$recipes/alot/config" "$1" >out 2>err <<-'EOF'
			import sys
			from alot.completion.abooks import AbooksCompleter
			from alot.settings.const import settings
			settings.read_config(sys.argv[1])
			books = [account.abook for account in settings.get_accounts()]
			typed = sys.argv[2]
			for text, end in AbooksCompleter(books).complete(typed, len(typed)):
			    print(text)
		EOF
}

@test "alot: names are found" {
	needs alot
	people
	alot_finds nunez
	offers <<<'José Núñez <jose@ok.example>'
	alot_finds pepe
	offers <<<'José Núñez <jose@ok.example>'
	alot_finds 'smith zoe'
	offers <<<'Zoe Smith <zoe@ok.example>'
	alot_finds bob
	[ "$(grep -c '<bob@ok.example>$' out)" -eq 1 ]
}

@test "alot: nobody is no error" {
	needs alot
	people
	alot_finds nobody
	offers </dev/null
}

# emacs_with LISP: what it prints with the recipe loaded; in the file out.
emacs_with() {
	LC_ALL=C.UTF-8 emacs --batch -l "$recipes/emacs/kith.el" --eval "(progn $1)" >out 2>err
}

@test "notmuch-emacs: names are found" {
	needs emacs
	people
	emacs_with '(dolist (text (list "nunez" "smith zoe" "nobody" "bob"))
		(princ (format "%s\n" (process-lines notmuch-address-command text))))'
	offers <<-'EOF'
		(José Núñez <jose@ok.example>)
		(Zoe Smith <zoe@ok.example>)
		nil
		("Bob\" <boss@evil.example>, \"x" <bob@ok.example>)
	EOF
}

@test "notmuch-emacs: its own completion fills in the header" {
	needs emacs
	emacs_with "(require 'notmuch-address)" || skip "elpa-notmuch is not installed"
	people
	emacs_with "
		(require 'notmuch-address)
		(insert \"To: pat@ok.example, nunez\")
		(notmuch-address-expand-name)
		(princ (buffer-string))
		(terpri)"
	offers <<<'To: pat@ok.example, José Núñez <jose@ok.example>'
}

# lbdb_finds TEXT: what lbdbq prints, looking nowhere else.
lbdb_finds() {
	mkdir -p home/.lbdb/modules
	cp "$recipes/lbdb/rc" home/.lbdb
	cp "$recipes/lbdb/m_kith" home/.lbdb/modules
	status=0
	LBDB_OVERRIDE_METHODS=m_kith lbdbq "$1" >out 2>err || status=$?
}

@test "lbdb: names are found" {
	needs lbdbq
	people
	lbdb_finds 'nunez pepe'
	expect 0 <<-EOF
		lbdbq: 1 matches
		jose@ok.example	José Núñez	work, Night Harbor
	EOF
	lbdb_finds "o'h"
	expect 0 <<-EOF
		lbdbq: 1 matches
		pat@ok.example	Pat O'Hara	baker
	EOF
	quiet
}

@test "lbdb: everybody is found" {
	needs lbdbq
	crowd
	lbdb_finds many
	[ "$(head -n 1 out)" = 'lbdbq: 120 matches' ]
}

@test "lbdb: nobody of that name" {
	needs lbdbq
	people
	lbdb_finds nobody
	expect 1 <<<'lbdbq: no matches'
}

@test "lbdb: its settings load the module" {
	(
		MODULES_PATH=/stock METHODS=m_stock
		# shellcheck source=/dev/null
		. "$recipes/lbdb/rc"
		[ "$MODULES_PATH" = "$HOME/.lbdb/modules /stock" ]
		[ "$METHODS" = 'm_kith m_stock' ]
	)
}

# vim_completes TEXT: a letter that begins with this, completed at the end of the line.
vim_completes() {
	mkdir -p home/.vim/after/ftplugin/mail
	cp "$recipes/vim/kith.vim" home/.vim/after/ftplugin/mail
	printf '%s\n' "$1" >letter.eml
	LC_ALL=C.UTF-8 vim -es -u NONE -i NONE -c 'filetype plugin on' -c 'edit letter.eml' \
		-c 'execute "normal! A\<C-x>\<C-o>"' -c 'write !cat >out' -c 'quit!' >err 2>&1
}

@test "vim: names are completed" {
	needs vim
	people
	vim_completes 'To: nunez'
	offers <<<'To: José Núñez <jose@ok.example>'
	vim_completes "Cc: pat@ok.example, o'h"
	offers <<<"Cc: pat@ok.example, Pat O'Hara <pat@ok.example>"
	vim_completes 'To: smith zoe'
	offers <<<'To: Zoe Smith <zoe@ok.example>'
	vim_completes 'To: nobody'
	offers <<<'To: nobody'
}

@test "vim: its menu says who it is" {
	needs vim
	people
	cp "$recipes/vim/kith.vim" .
	LC_ALL=C.UTF-8 vim -es -u NONE -i NONE -S kith.vim -c 'redir! > out' \
		-c 'echon KithComplete(0, "nunez")[0].menu' -c 'quit!'
	[ "$(cat out)" = 'work, Night Harbor' ]
}
