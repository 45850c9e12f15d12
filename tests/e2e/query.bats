# kith query: e-mail addresses, as mail programs ask for them.
# shellcheck disable=SC2016,SC1003 # what is typed is not expanded
load lib

people() {
	put paul-novak.ini <<-'EOF'
		[contact]
		name = Paul Novak
		email = paul@novak.example
		email.work = p.novak@harbor.example
		title = horror novelist
		org = Night Harbor
		[log]
		2026-10-19 = call: a storm
	EOF
	put ana-ruiz.ini <<-'EOF'
		name = Ana Ruiz
		email = ana@ruiz.example
		note = knows paul
	EOF
	put tom.ini <<<'name = Tom Weld'
}

# rows ROW...: as expect wants them; '|' stands for a TAB.
rows() {
	printf '%s\n' "${@//|/$'\t'}"
}

# finds ROW...: found, with these rows behind no header.
finds() {
	expect 0 < <(rows "$@")
	quiet
}

@test "a header, then address, name and info" {
	people
	kith query paul
	expect 0 < <(rows "searching for 'paul': 3 addresses" \
		'paul@novak.example|Paul Novak|horror novelist, Night Harbor' \
		'p.novak@harbor.example|Paul Novak|work, horror novelist, Night Harbor' \
		'ana@ruiz.example|Ana Ruiz|')
	quiet
	kith email ruiz
	expect 0 < <(rows "searching for 'ruiz': 1 address" 'ana@ruiz.example|Ana Ruiz|')
	quiet
}

@test "nobody: the header alone and exit status 1, or 0 where that is asked for" {
	people
	kith query zz
	expect 1 <<<"searching for 'zz': nobody"
	quiet
	kith query tom
	expect 1 <<<"searching for 'tom': nobody"
	kith query --exit-zero zz
	expect 0 <<<"searching for 'zz': nobody"
	kith query --no-header zz
	expect_nothing 1
	quiet
	kith query --no-header --exit-zero zz
	expect_nothing 0
	kith query --mailbox zz
	expect_nothing 1
	rm "$KITH_BOOK"/*.ini
	kith query
	expect 1 <<<'searching for everybody: nobody'
	quiet
}

@test "no words: everybody, by name" {
	people
	for words in '' ' ' '""'; do
		kith query --no-header "$words"
		finds 'ana@ruiz.example|Ana Ruiz|' \
			'paul@novak.example|Paul Novak|horror novelist, Night Harbor' \
			'p.novak@harbor.example|Paul Novak|work, horror novelist, Night Harbor'
	done
	kith query
	head -n 1 out | diff - <(echo 'searching for everybody: 3 addresses')
}

@test "at most 100 rows, or as many as --limit says; 0 is all" {
	for i in {100..349}; do
		printf 'name = Ada %s\nemail = %s@x.example\n' "$i" "$i" >"$KITH_BOOK/ada-$i.ini"
	done
	kith query ada
	has_status 0
	quiet
	head -n 1 out | diff - <(echo "searching for 'ada': 250 addresses, the first 100 shown")
	diff <(tail -n +2 out) <(printf '%s@x.example\tAda %s\t\n' {100..199}{,} | sort)
	kith query --limit 0 ada
	head -n 1 out | diff - <(echo "searching for 'ada': 250 addresses")
	[ "$(wc -l <out)" -eq 251 ]
	kith query --limit 250 ada
	head -n 1 out | diff - <(echo "searching for 'ada': 250 addresses")
	kith query --limit 2 ada
	expect 0 < <(rows "searching for 'ada': 250 addresses, the first 2 shown" \
		'100@x.example|Ada 100|' '101@x.example|Ada 101|')
	kith query --limit 1 --json ada
	[ "$(grep -c '"id"' out)" -eq 1 ]
	kith query --mailbox ada
	[ "$(wc -l <out)" -eq 100 ]
	for limit in -1 x '' 1k 9999999999; do
		kith query "--limit=$limit" ada
		expect_err 2 "kith query: --limit is a number of addresses, 0 for all
usage: kith query [WORDS]   (kith help query)"
	done
}

@test "the limit counts addresses, also within one contact" {
	people
	kith query --limit 2 paul
	expect 0 < <(rows "searching for 'paul': 3 addresses, the first 2 shown" \
		'paul@novak.example|Paul Novak|horror novelist, Night Harbor' \
		'p.novak@harbor.example|Paul Novak|work, horror novelist, Night Harbor')
}

@test "the best match comes first: name, then address, then the rest; the last met among equals" {
	put a.ini <<<$'name = A\nemail = a@x\nnote = mira'
	put b.ini <<<$'name = B\nemail = mira@x'
	put c.ini <<<$'name = Mira C\nemail = c@x\n[log]\n2026-01-01 = call: x'
	put d.ini <<<$'name = Mira D\nemail = d@x\n[log]\n2026-02-01 = call: x'
	kith query --no-header mira
	finds 'd@x|Mira D|' 'c@x|Mira C|' 'mira@x|B|' 'a@x|A|'
}

@test "of one contact the preferred address is first, the others as in the file" {
	put ada.ini <<-'EOF'
		name = Ada
		email.work = w@x
		email = e@x
		Email.Pref = p@x
		email.pref = q@x
	EOF
	kith query --no-header ada
	finds 'p@x|Ada|Pref' 'q@x|Ada|pref' 'w@x|Ada|work' 'e@x|Ada|'
}

@test "an address that stands twice is given once, where it stood first" {
	put ada.ini <<-'EOF'
		name = Ada
		email.work = Ada@X.example
		email = z@x
		email = ada@x.example
		email = Ada L <ADA@x.EXAMPLE>
	EOF
	put eva.ini <<<$'name = Eva\nemail = z@x'
	kith query --no-header
	finds 'Ada@X.example|Ada|work' 'z@x|Ada|' 'z@x|Eva|'
	echo 'email.pref = ada@x.EXAMPLE' >>"$KITH_BOOK/ada.ini"
	kith query --no-header ada
	finds 'ada@x.EXAMPLE|Ada|pref' 'z@x|Ada|'
}

@test "where all words are in name and address of some, only those are given" {
	people
	kith query --no-header paul HARBOR
	finds 'p.novak@harbor.example|Paul Novak|work, horror novelist, Night Harbor'
	kith query --no-header nóvak@har
	finds 'p.novak@harbor.example|Paul Novak|work, horror novelist, Night Harbor'
	kith query --no-header '"novak p.nov"'
	expect_nothing 1
	kith query --no-header 'paul@n since:2026-01-01 -zz (novak paul)'
	finds 'paul@novak.example|Paul Novak|horror novelist, Night Harbor'
	local both=('paul@novak.example|Paul Novak|horror novelist, Night Harbor'
		'p.novak@harbor.example|Paul Novak|work, horror novelist, Night Harbor')
	for words in 'novelist harbor.example' novelist 'paul novak' 'harbor.example OR zz' 'email:harbor.example'; do
		kith query --no-header "$words"
		finds "${both[@]}"
	done
}

@test "a value may be a whole mailbox; what is not exactly one address is left out" {
	put ada.ini <<-'EOF'
		name = Ada
		email = Ada L <1@x.example>
		email = "L, Ada" <2@x.example> (home)
		email = 3@x.example (work)
		email = zoë@李雷.example
		email = a@x, b@y
		email = Ada <a@x>, Eve <eve@y>
		email = a@x b@y
		email = "a b"@x
		email = mailto:a@x
		email = a@@x
		email = nowhere
		email =
		email = Bob" <boss@evil.example>, "x
		email = eve@y
		    eve@z
	EOF
	put eva.ini <<<$'name = Eva\nemail = none'
	kith query --no-header
	finds '1@x.example|Ada|' '2@x.example|Ada|' '3@x.example|Ada|' 'zoë@李雷.example|Ada|'
	kith query eva
	expect 1 <<<"searching for 'eva': nobody"
}

@test "a name that would add a recipient in mutt does not" {
	put bob.ini <<<$'name = Bob" <boss@evil.example>, "x\nemail = bob@x.example'
	kith query --no-header bob
	finds 'bob@x.example|Bob boss@evil.example , x|'
	kith query --mailbox bob
	finds '"Bob\" <boss@evil.example>, \"x" <bob@x.example>'
	kith query --no-header 'Bob" <boss@evil.example>,'
	finds 'bob@x.example|Bob boss@evil.example , x|'
}

@test "no TAB, newline, control character or direction mark leaves its file" {
	put ada.ini < <(printf '%b\n' 'name = A\td\ra\e]0;x\a\xe2\x80\xae\xe2\x81\xa6 \\ <L>\xc2\x85 \xe2\x80\xa8.' \
		'email = ada@x.example\e[2J' 'email = a\tb@x.example' 'email = \xe2\x80\xaeada@y.example' \
		'email.w\eo\xe2\x80\x8fk = \e\t\xe2\x80\xaeAda <ok@x.example>' \
		'title = a\t\e[31mb' '    c' 'org = \xe2\x80\xa9d\xff')
	put $'e\tv\ne.ini' <<<$'name = "<>\\"\nemail = eve@x.example'
	kith query
	has_status 0
	quiet
	tail -n +2 out | diff - <(rows \
		'eve@x.example|e v e|' \
		'ok@x.example|A d a ]0;x L .|w\x1bo\u200fk, a \x1b[31mb c, \u2029d\xff')
	kith query --mailbox
	finds $'"\\"<>\\\\\\"" <eve@x.example>' $'"A d a ]0;x \\\\ <L> ." <ok@x.example>'
	[ -z "$(LC_ALL=C tr -d '\12\40-\176\200-\377' <out)" ]
}

@test "without a name the id stands in, and no name is ever empty" {
	put no-name.ini <<<'email = a@x'
	put $'\\.ini' <<<$'name = \e\nemail = b@x'
	kith query --no-header a@x
	finds 'a@x|no-name|'
	kith query --no-header b@x
	finds 'b@x|b@x|'
	kith query --mailbox x
	expect 0 < <(rows 'b@x' 'no-name <a@x>')
	quiet
}

@test "--mailbox: display names as RFC 5322 has them" {
	local i=0
	while read -r name; do
		i=$((i + 1))
		printf 'name = %s\nemail = %s@x.example\n' "$name" "$i" >"$KITH_BOOK/$i.ini"
	done <<-'EOF'
		Zoë Brandt
		Novak, Paul
		J. Ruiz
		Tom "Pip" Weld
		back\slash
		Eva (home) [x] a:b;c@d
		=?utf-8?Q?Eve?=
		李雷
	EOF
	for i in {1..8}; do
		kith query --mailbox "$i@x.example"
		has_status 0
		quiet
		cat out
	done >all
	diff all - <<-'EOF'
		Zoë Brandt <1@x.example>
		"Novak, Paul" <2@x.example>
		"J. Ruiz" <3@x.example>
		"Tom \"Pip\" Weld" <4@x.example>
		"back\\slash" <5@x.example>
		"Eva (home) [x] a:b;c@d" <6@x.example>
		"=?utf-8?Q?Eve?=" <7@x.example>
		李雷 <8@x.example>
	EOF
}

@test "--json tells the same, without a header" {
	people
	printf 'name = Novak, "P"\nemail = p@x\n' >"$KITH_BOOK/p.ini"
	kith query --json --limit 2 novak
	expect 0 <<-'EOF'
		[
		  {
		    "id": "paul-novak",
		    "path": "paul-novak.ini",
		    "name": "Paul Novak",
		    "address": "paul@novak.example",
		    "name-addr": "Paul Novak <paul@novak.example>",
		    "info": "horror novelist, Night Harbor"
		  },
		  {
		    "id": "paul-novak",
		    "path": "paul-novak.ini",
		    "name": "Paul Novak",
		    "address": "p.novak@harbor.example",
		    "name-addr": "Paul Novak <p.novak@harbor.example>",
		    "label": "work",
		    "info": "work, horror novelist, Night Harbor"
		  }
		]
	EOF
	quiet
	kith query --json id=p
	expect 0 <<-'EOF'
		[
		  {
		    "id": "p",
		    "path": "p.ini",
		    "name": "Novak, \"P\"",
		    "address": "p@x",
		    "name-addr": "\"Novak, \\\"P\\\"\" <p@x>",
		    "info": ""
		  }
		]
	EOF
	kith query --json zz
	expect 1 <<<'[]'
	quiet
	kith query --json --exit-zero zz
	expect 0 <<<'[]'
}

@test "whose door is closed is found, unless --skip-closed; an unclear door is closed" {
	door() {
		printf 'name = %s\nemail = %s@x\ndoor = %s\n' "$1" "$1" "$2" >"$KITH_BOOK/$1.ini"
	}
	door a open
	door b closed
	door c ask
	door d 'closed until 2026-11-22 a move'
	door e 'closed until 2026-11-21 a move'
	door f 'leave me alone'
	door g ''
	put h.ini <<<$'name = h\nemail = h@x'
	kith query --no-header
	finds {a@x'|a|',b@x'|b|',c@x'|c|',d@x'|d|',e@x'|e|',f@x'|f|',g@x'|g|',h@x'|h|'}
	kith query --no-header --skip-closed
	finds {a@x'|a|',c@x'|c|',e@x'|e|',g@x'|g|',h@x'|h|'}
	kith query --skip-closed door:closed
	expect 1 <<<"searching for 'door:closed': nobody"
}

@test "the words are a query, in one argument or several" {
	people
	local paul='paul@novak.example|Paul Novak|horror novelist, Night Harbor'
	kith query --no-header --limit 1 PAUL ňovak
	finds "$paul"
	kith query --no-header --limit 1 'paul novak'
	finds "$paul"
	kith query --no-header --limit 1 paul -ana
	finds "$paul"
	kith query --no-header title:horror -- -ana
	finds "$paul" 'p.novak@harbor.example|Paul Novak|work, horror novelist, Night Harbor'
	kith query --no-header '(ana OR zz) -tom'
	finds 'ana@ruiz.example|Ana Ruiz|'
}

@test "words that are no query are looked for as they are" {
	people
	put eva.ini <<<$'name = Eva (Evi) OR\nemail = eva@x\nnote = since:when'
	local paul='paul@novak.example|Paul Novak|horror novelist, Night Harbor'
	for words in '"paul@no' 'pau"l nov' '"' ' " paul@novak' 'paul@novak """'; do
		kith query --no-header --limit 1 "$words"
		has_status 0
		quiet
	done
	kith query --no-header '"paul@novak'
	finds "$paul"
	kith query --no-header 'paul@novak "'
	finds "$paul"
	for words in 'evi)' '(evi' '(evi) OR' 'OR eva' 'eva OR' since:when '( evi'; do
		kith query --no-header "$words"
		finds 'eva@x|Eva (Evi) OR|'
	done
	for words in ')paul' '(paul' 'since:never' 'ana OR' 'ana )' '()'; do
		kith query "$words"
		has_status 1
		grep -qF "searching for '$words': nobody; taken as text: " out
		[ "$(wc -l <out)" -eq 1 ]
		quiet
	done
	kith query ')paul'
	expect 1 <<<"searching for ')paul': nobody; taken as text: this parenthesis closes nothing"
}

@test "whatever is typed, there are rows or one line" {
	people
	local words=('$(touch x)' '`touch x`' "'; touch x" '*' '.*' '[a-z]' '%s' '%n%n' '\\' '#' '@' '|' '&' ':' '='
		$'\xff\xfe' $'pa\xffl' $'\e[2J' $'\xe2\x80\xae' $'\xc2\xad' $'a\tb\nc' $'"\xc2\xad' $'(\xc2\xad' '--' '-(' '-"' '"-' 'x:"' '#"')
	local deep
	deep=$(printf '(%.0s' {1..5000})
	for words in "${words[@]}" "$deep" "$deep paul"; do
		kith query -- "$words"
		[ "$status" -le 1 ]
		quiet
		[ "$status" -eq 0 ] || [ "$(wc -l <out)" -eq 1 ]
		[ "$(head -n 1 out | wc -c)" -le 200 ]
		head -n 1 out | grep -q "^searching for "
		[ -z "$(LC_ALL=C tr -d '\11\12\40-\176\200-\377' <out)" ]
		iconv -f UTF-8 -t UTF-16 <out >/dev/null
	done
	[ ! -e x ]
}

@test "a megabyte of words" {
	people
	local long many
	long=$(head -c 100000 /dev/zero | tr '\0' a)
	kith query "$long"{,,,,,,,,,}
	expect 1 <<<"searching for '${long:0:40}…': nobody"
	kith query "\"$long" "$long"{,,,,,,,,}
	expect 1 <<<"searching for '\"${long:0:39}…': nobody; taken as text: the quote that opens here is never closed"
	quiet
	many=$(yes pa | head -n 30000 | tr '\n' ' ')
	kith query --no-header "$many" "$many" "$many" paul@
	finds 'paul@novak.example|Paul Novak|horror novelist, Night Harbor'
}

@test "a damaged file is counted in the header and nowhere else" {
	people
	put bad.ini <<<$'name = Mo\nemail = mo@x\nthis is junk\nand this'
	put latin.ini < <(printf 'name = Mo K\xf6ln\nemail = k@x\n')
	truncate -s 20M "$KITH_BOOK/large.ini"
	ln -s nowhere "$KITH_BOOK/link.ini"
	kith query
	has_status 0
	quiet
	head -n 1 out | diff - <(echo 'searching for everybody: 5 addresses; 4 files damaged or unreadable, see kith check')
	tail -n +2 out | cut -f 1 | diff - <(printf '%s\n' ana@ruiz.example mo@x k@x paul@novak.example p.novak@harbor.example)
	kith query --no-header mo
	finds 'mo@x|Mo|' 'k@x|Mo K ln|'
	rm "$KITH_BOOK"/{large,link,latin}.ini
	kith query mo
	expect 0 < <(rows "searching for 'mo': 1 address; 1 file damaged or unreadable, see kith check" 'mo@x|Mo|')
	quiet
	kith query --json zz
	expect 1 <<<'[]'
	quiet
}

@test "what fails says so and is exit status 3; wrong usage is 2" {
	people
	status=0
	command kith query ana >/dev/full 2>err || status=$?
	[ "$status" -eq 3 ]
	says 'kith query: cannot write the output: No space left on device'
	kith query --unheard-of
	expect_err 2 "kith query: there is no option '--unheard-of'
usage: kith query [WORDS]   (kith help query)"
}

@test "called like khard" {
	people
	kith email --parsable --search-in-source-files ana@
	expect 0 < <(rows "searching for 'ana@': 1 address" 'ana@ruiz.example|Ana Ruiz|')
	kith email -p --remove-first-line ana@
	finds 'ana@ruiz.example|Ana Ruiz|'
	kith email --parsable --remove-first-line --search-in-source-files ana@
	finds 'ana@ruiz.example|Ana Ruiz|'
	kith email -p -f --remove-first-line p.novak
	finds 'p.novak@harbor.example|Paul Novak|work, horror novelist, Night Harbor'
}

@test "called like abook" {
	people
	kith --mutt-query ana@
	expect 0 < <(rows "searching for 'ana@': 1 address" 'ana@ruiz.example|Ana Ruiz|')
	kith --mutt-query 'paul novak' --limit 1
	expect 0 < <(rows "searching for 'paul novak': 2 addresses, the first 1 shown" \
		'paul@novak.example|Paul Novak|horror novelist, Night Harbor')
	kith --no-pager --book "$KITH_BOOK" --mutt-query show
	expect 1 <<<"searching for 'show': nobody"
	for i in {1..120}; do
		printf 'email = %s@x\n' "$i" >"$KITH_BOOK/x$i.ini"
	done
	kith --mutt-query all
	has_status 0
	head -n 1 out | diff - <(echo 'searching for everybody: 123 addresses')
	[ "$(wc -l <out)" -eq 124 ]
	kith --mutt-query all --limit 2
	[ "$(wc -l <out)" -eq 3 ]
	kith --mutt-query all ana
	expect 1 <<<"searching for 'all ana': nobody"
	kith query all
	head -n 1 out | diff - <(echo "searching for 'all': 2 addresses")
	kith list --mutt-query
	expect_nothing 2
}

@test "a contact with very many addresses is no burden" {
	put ada.ini < <(echo 'name = Ada' && for i in {1..30000}; do echo "email = a$((i % 20000))@x"; done)
	kith query --limit 2 ada
	expect 0 < <(rows "searching for 'ada': 20000 addresses, the first 2 shown" 'a1@x|Ada|' 'a2@x|Ada|')
}
