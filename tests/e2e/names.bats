# NAME: every way to say who is meant, and what happens when that is not clear.
# shellcheck disable=SC2016 # the terminal's sh expands them
load lib
load terminal

people() {
	put jose-marin.ini <<-'EOF'
		name = José Marín
		alias = pepe-marin
		email = jose@marin.example
		nick = El Gato
	EOF
	put family/lukasz-zak.ini <<<$'name = Łukasz Żak\nnote = sells ovens'
	put maggie-jordan.ini <<<$'name = Maggie Jordan\nnick = Mags'
	put work/glynis-jordan.ini <<<'name = Glynis Jordan'
	put li-lei.ini <<<'name = 李雷'
}

# is NAME ID: the name means this contact.
is() {
	kith show --json "$1"
	has_status 0
	quiet
	grep -qxF "  \"id\": \"$2\"," "$BATS_TEST_TMPDIR/out"
}

@test "id, path, alias, e-mail, nick, name, words, any words" {
	people
	is jose-marin jose-marin
	is JOSE-MARIN jose-marin
	is jose-marin.ini jose-marin
	is ./jose-marin.ini jose-marin
	is book/family/lukasz-zak.ini lukasz-zak
	is family/lukasz-zak.ini lukasz-zak
	is family/lukasz-zak lukasz-zak
	is "$KITH_BOOK/family/lukasz-zak.ini" lukasz-zak
	is pepe-marin jose-marin
	is JOSE@marin.example jose-marin
	is 'el gato' jose-marin
	is mags maggie-jordan
	is 'Maggie Jordan' maggie-jordan
	is 'jordan mag' maggie-jordan
	is 李雷 li-lei
	is ovens lukasz-zak
}

@test "case and diacritics do not matter" {
	people
	is jose jose-marin
	is 'JOSÉ MARIN' jose-marin
	is $'jose\xcc\x81' jose-marin
	is lukasz lukasz-zak
	is 'łukasz żak' lukasz-zak
	is ŻAK lukasz-zak
}

@test "from within the book a path counts from where one stands" {
	people
	cd book/family
	is lukasz-zak.ini lukasz-zak
	is jose-marin.ini jose-marin
	is ../jose-marin.ini jose-marin
	kith show ../../jose-marin.ini
	expect_err 2 "kith show: '../../jose-marin.ini' leads out of the book"
}

@test "the better way to answer decides: an id before a nick, a name before words" {
	put mags.ini <<<'name = Magnus'
	put maggie.ini <<<$'name = Maggie\nnick = mags'
	put maggie-jordan.ini <<<'name = Maggie Jordan'
	is mags mags
	is maggie maggie
	is MAGGIE maggie
	is jord maggie-jordan
}

@test "several that fit: exit status 1, and who they are on stderr" {
	people
	kith show jordan
	expect_err 1 "kith show: 'jordan' fits 2 contacts: glynis-jordan, maggie-jordan
  work/glynis-jordan.ini  Glynis Jordan
  maggie-jordan.ini  Maggie Jordan"
	kith set jordan org=X
	expect_nothing 1
	kith rm -f jordan
	expect_nothing 1
	[ "$(find book -name '*jordan.ini' | wc -l)" -eq 2 ]
}

@test "an id that is there twice is reached by its path" {
	put ada.ini <<<'name = Ada'
	put work/ada.ini <<<'name = Other'
	kith show ada
	expect_err 1 "kith show: 'ada' is the id of 2 contacts: ada.ini, work/ada.ini
  ada.ini  Ada
  work/ada.ini  Other"
	kith show -k name work/ada.ini
	expect 0 <<<Other
	kith show -k name ada.ini
	expect 0 <<<Ada
}

@test "nobody fits: exit status 1, and the nearest" {
	people
	kith show magie
	expect_err 1 "kith show: no contact 'magie'; did you mean Maggie Jordan (maggie-jordan)?"
	kith show xyzzy-plugh
	expect_err 1 "kith show: no contact 'xyzzy-plugh'"
	kith show family/nobody.ini
	expect_nothing 1
}

@test "a name that leads out of the book, or none, is wrong usage" {
	people
	kith show ../../etc/passwd
	expect_err 2 "kith show: '../../etc/passwd' leads out of the book"
	kith show /etc/passwd
	expect_err 2 "kith show: '/etc/passwd' leads out of the book"
	kith show ''
	expect_err 2 "kith show: an empty name means nobody"
}

@test "whole words come before beginnings, and these before parts" {
	put tom-ster.ini <<<'name = Tom Ster'
	put tom-sterling.ini <<<'name = Tom Sterling'
	put esther.ini <<<'name = Esther'
	put ben.ini <<<$'name = Ben\nnote = ste, ster, sth'
	is ster tom-ster
	is sterl tom-sterling
	is sthe esther
	is sth esther
	kith show ste
	expect_nothing 1
	head -n 1 err | diff - <(echo "kith show: 'ste' fits 2 contacts: tom-ster, tom-sterling")
}

@test "a name may be any bytes, as file names may" {
	put $'jos\xe9.ini' <<<'name = Jose'
	kith show -k name $'jos\xe9'
	expect 0 <<<Jose
	kith -q set $'jos\xe9' org=X
	expect_nothing 0
	holds $'jos\xe9.ini' <<<$'name = Jose\norg = X'
	kith show $'\xff'
	expect_err 1 "kith show: no contact '\\xff'"
}

# without_fzf COMMAND: on a terminal, with kith and sh alone in the PATH.
without_fzf() {
	mkdir -p bin
	ln -sf "$(type -P kith)" "$(type -P sh)" bin
	terminal "PATH=$PWD/bin; $1"
}

@test "on a terminal without fzf one picks by number" {
	people
	without_fzf 'kith show -k name jordan' <<<2
	expect 0 <<-'EOF'
		  1  Glynis Jordan  work/glynis-jordan.ini
		  2  Maggie Jordan  maggie-jordan.ini
		who? (a number; nothing to leave it) Maggie Jordan
	EOF
}

@test "nothing picked, nothing done" {
	people
	for typed in '' $'3\nx\n0'; do
		without_fzf 'kith set jordan org=X' <<<"$typed"
		has_status 1
		holds maggie-jordan.ini <<<$'name = Maggie Jordan\nnick = Mags'
		holds work/glynis-jordan.ini <<<'name = Glynis Jordan'
	done
}

@test "with fzf one picks there" {
	people
	mkdir bin
	printf '#!/bin/sh\nprintf "%%s\\n" "$@" >args; cat >list; tail -n 1 list\n' >bin/fzf
	chmod +x bin/fzf
	terminal 'PATH=$PWD/bin:$PATH kith show -k name jordan' </dev/null
	expect 0 <<<'Maggie Jordan'
	diff - list <<<$'0\tGlynis Jordan\twork/glynis-jordan.ini\n1\tMaggie Jordan\tmaggie-jordan.ini'
	printf '#!/bin/sh\nexit 130\n' >bin/fzf
	terminal 'PATH=$PWD/bin:$PATH kith show -k name jordan' </dev/null
	has_status 1
}
