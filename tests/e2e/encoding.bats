# The bytes decide, never the locale; and letters are letters however they are written.
load lib

# With the locale unset, C, one with another idea of i and I, one of another encoding, one that is none.
in_each_locale() {
	local locale
	for locale in unset C tr_TR.UTF-8 de_DE.ISO-8859-1 no-such; do
		echo "in $locale:"
		(
			unset LANG LC_ALL LC_CTYPE LANGUAGE
			[ "$locale" = unset ] || export LANG=$locale LC_ALL=$locale LC_CTYPE=$locale
			"$@"
		)
	done
}

letters_book() {
	put ilgaz.ini <<<'name = ILGAZ Işık İnan'
	put jose.ini <<<'name = José Ñandú'
	put lukasz.ini <<<'name = Łukasz Żak'
	put strasse.ini <<<'name = Anke Straße'
	put li-lei.ini <<<'name = 李雷'
	put eleni.ini <<<'name = Ελένη Παππά'
	put zoe.ini <<<$'name = Zoe\xcc\x88 Brandt\nnote = ﬁne, ①st'
}

# Who is found by each of the words, in the list and as a name.
find_all() {
	local id words word
	while read -r id words; do
		for word in $words; do
			echo "$id" >>wanted
			command kith list --format '{id}' -- "$word" >>found
		done
		echo "$id" >>wanted
		command kith show "$word" --json | sed -n 's/^  "id": "\(.*\)",/\1/p' >>found
	done <<-EOF
		ilgaz ilgaz ILGAZ inan Ilgaz
		jose jose José $(printf 'jose\314\201') nandu ÑANDÚ
		lukasz lukasz łukasz zak ŁUKASZ
		strasse STRASSE straße
		li-lei li-lei 李 李雷
		eleni Παππα ΕΛΈΝΗ
		zoe zoe ZOË $(printf 'Zoe\314\210') 1st fine
	EOF
	diff wanted found
}

@test "the same is found in every locale" {
	letters_book
	in_each_locale find_all
}

same_list() {
	kith list --columns id,name
	quiet
	expect 0 <wanted
	kith check
	expect 0 </dev/null
}

@test "the list is the same in every locale" {
	letters_book
	kith list --columns id,name >wanted
	cp out wanted
	[ "$(wc -l <wanted)" -eq 7 ]
	in_each_locale same_list
}

writes_same() {
	put ana.ini <<<'name = Ana'
	kith set ana 'title=İstanbul ıI' 'NOTE=Ünïcödé' 'Title=Iıİi'
	has_status 0
	holds ana.ini <<-'EOF'
		name = Ana
		title = Iıİi
		NOTE = Ünïcödé
	EOF
	kith new 'Işıl IŞIK'
	expect 0 <<<'isil-isik'
	rm book/isil-isik.ini
}

@test "the same is written in every locale" {
	in_each_locale writes_same
}

@test "names get an id of plain letters, composed or not" {
	local id name
	while IFS='|' read -r id name; do
		kith new "$name" --quiet
		expect 0 <<<"$id"
		kith show "$id" -k name
		expect 0 <<<"$name"
	done <<-EOF
		jose-nandu|José Ñandú
		jose-nandu-2|$(printf 'Jose\314\201 N\314\203andu\314\201')
		lukasz-zak|Łukasz Żak
		strasse-aether|Straße Æther
		u674e-u96f7|李雷
		fine-1|ﬁne ①
		dr-no|Dr. No…
	EOF
}

@test "file names match however they are composed" {
	put $'jose\xcc\x81.ini' <<<'org = A'
	put zoë.ini <<<'org = B'
	kith show josé -k org
	expect 0 <<<A
	kith show $'zoe\xcc\x88' -k org
	expect 0 <<<B
	kith set jose title=baker
	has_status 0
	grep -q baker book/$'jose\xcc\x81.ini'
	put ana.ini <<<'via = zoë'
	kith check
	run -1 grep 'no contact' out
}

@test "arguments that are not UTF-8 are refused, and nothing is written" {
	local command
	put ana.ini <<<'name = Ana'
	for command in $'new Jos\xe9' $'set ana title=caf\xe9' $'log ana caf\xe9' $'todo ana caf\xe9' \
		$'rename ana caf\xe9' $'tag ana +caf\xe9' $'set ana k\xed\xa0\x80=x' \
		$'set ana title=\xc0\x80' $'set ana title=\xf5\x80\x80\x80'; do
		# shellcheck disable=SC2086 # words
		kith $command
		has_status 2
		expect_nothing 2
		grep -q "is not UTF-8$" err
	done
	[ "$(ls -A book)" = ana.ini ]
	holds ana.ini <<<'name = Ana'
}

@test "wide letters stand in columns, and combining ones take none" {
	put a.ini <<<$'name = 李雷\nnick = x'
	put b.ini <<<$'name = Zoe\xcc\x88\nnick = x'
	put c.ini <<<$'name = Abc\nnick = x'
	kith list --columns name,nick
	expect 0 <<-EOF
		Abc   x
		$(printf 'Zoe\314\210   x')
		李雷  x
	EOF
	kith show a
	sed -n 2p out | diff - <(echo '  nick          x')
}

@test "a mark at the start of the text, and CRLF, stay" {
	printf '\xef\xbb\xbf[contact]\r\nname = Ana\r\n' | put ana.ini
	kith list --format '{name}'
	quiet
	expect 0 <<<'Ana'
	kith set ana title=baker name=Ana\ Ruiz
	has_status 0
	printf '\xef\xbb\xbf[contact]\r\nname = Ana Ruiz\r\ntitle = baker\r\n' | cmp - book/ana.ini
}
