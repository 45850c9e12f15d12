# kith graph: the network as text for Graphviz, as data, as a picture.
load lib
load terminal

people() {
	put .kith/config <<<$'[book]\nme = me'
	put me.ini <<<'name = Me Myself'
	put ana.ini <<<$'name = Ana Ruiz\ntags = Boats\nvia = paul\n[log]\n2026-11-01 = met: with [[ben]]'
	put ben.ini <<<$'name = Ben\ntags = boats\nknows.sister = ana\n[log]\n2026-11-08 = call: [[ana]]'
	put cy.ini <<<$'name = Cy\ndoor = closed\nvia = ana\n[log]\n2026-11-01 = x'
	put paul.ini <<<$'name = Paul\n[log]\n2026-01-02 = @fair got: a card -> [[ana]]'
	put zoe.ini <<<$'name = Zoe\n[log]\n2026-01-02 = @fair x'
}

@test "people and what ties them, as text that Graphviz draws" {
	people
	kith graph
	has_status 0
	quiet
	grep -E '^	("|subgraph)' out | sed 's/ \(tooltip\|fontcolor\|penwidth\).*//' | diff - <(printf '\t%s\n' \
		'"ana" [label="Ana Ruiz" fillcolor="#fddbc7"' '"ben" [label="Ben" fillcolor="#fddbc7"' \
		'"cy" [label="Cy" fillcolor="#eeeeee"' '"paul" [label="Paul" fillcolor="#92c5de"' \
		'"zoe" [label="Zoe" fillcolor="#92c5de"' '"ben" -> "ana" [dir=none' \
		'"ana" -> "cy" [dir=forward' '"paul" -> "ana" [dir=forward')
	cp out text
	kith graph --dot
	expect 0 <text
	dot -Tplain text | grep -c '^node' | grep -qx 5
}

@test "a query leaves out the others, --connected who is tied to nobody, --me adds you" {
	people
	nodes() {
		kith graph "$@"
		has_status 0
		sed -n 's/^	*"\([a-z]*\)" \[label.*/\1/p' out | tr '\n' ' '
	}
	[ "$(nodes '#boats')" = 'ana ben ' ]
	[ "$(nodes 'id=paul OR id=cy')" = 'cy paul ' ]
	[ "$(nodes -c)" = 'ana ben cy paul ' ]
	[ "$(nodes -m '#boats')" = 'ana ben me ' ]
	kith graph --me
	grep -q '"zoe" -> "me" \|"me" -> "zoe" ' out
	kith graph nobody-like-this
	has_status 1
	rm book/*.ini
	kith graph --connected
	has_status 1
	says 'nobody is tied to anybody'
}

@test "--by tag and --by event put people in boxes" {
	people
	kith graph --by tag
	has_status 0
	[ "$(grep -c 'subgraph cluster_' out)" -eq 2 ]
	grep -q 'label="#Boats"' out
	grep -q 'label="no tag"' out
	dot -Tplain out | grep -c '^node' | grep -qx 5
	kith graph --by event
	[ "$(grep -c 'subgraph cluster_' out)" -eq 2 ]
	grep -q 'label="@fair"' out
	grep -q 'label="no event"' out
	kith graph --by name
	expect_err 2 "kith graph: --by is tag or event
usage: kith graph [NAME|QUERY]   (kith help graph)"
}

@test "--json has every tie by itself" {
	people
	kith graph --json -c '#boats'
	has_status 0
	tr -d ' \n' <out | diff - <(printf %s '{"nodes":[' \
		'{"id":"ana","path":"ana.ini","name":"AnaRuiz","warmth":"warm","encounters":2,"last":"2026-11-08"},' \
		'{"id":"ben","path":"ben.ini","name":"Ben","warmth":"warm","encounters":2,"last":"2026-11-08"}],' \
		'"edges":[{"from":"ben","to":"ana","kind":"knows","label":"sister"},' \
		'{"from":"ana","to":"ben","kind":"together","date":"2026-11-08","times":2}]}')
	kith graph --json --by tag cy OR paul
	tr -d ' \n' <out | grep -qF '{"id":"cy","path":"cy.ini","name":"Cy","door":"closed"}'
	kith graph --json --by tag ana
	tr -d ' \n' <out | grep -qF '"tag":"Boats"'
	kith graph --json --svg x.svg
	expect_nothing 2
	[ ! -e x.svg ]
}

@test "--svg and --png are drawn by Graphviz" {
	people
	kith graph --svg - --by tag
	has_status 0
	quiet
	grep -q '^</svg>$' out
	[ "$(grep -c 'class="node"' out)" -eq 5 ]
	kith graph --svg network.svg --png network.png
	expect_nothing 0
	grep -q '^</svg>$' network.svg
	[ "$(head -c 4 network.png | od -An -tx1)" = ' 89 50 4e 47' ]
	terminal 'kith graph --png -' </dev/null
	has_status 2
	kith graph --png nowhere/x.png
	expect_err 3 "kith graph: cannot write nowhere/x.png: No such file or directory"
}

@test "without Graphviz, or when it fails, that is said and nothing is written" {
	people
	mkdir bin
	ln -s "$(type -P kith)" bin/kith
	echo keep >network.svg
	PATH=$PWD/bin kith graph --svg network.svg
	expect_err 3 "kith graph: Graphviz is needed to draw it: there is no program 'dot' (Debian's package is graphviz)"
	printf '#!/bin/sh\ncat >got\necho "no such thing" >&2\necho more >&2\necho half\nexit 1\n' >bin/dot
	chmod +x bin/dot
	PATH=$PWD/bin:$PATH
	kith graph --svg network.svg
	expect_err 3 "kith graph: Graphviz could not draw it: no such thing"
	grep -q '^digraph kith {' got
	[ "$(cat network.svg)" = keep ]
}

@test "names of all scripts, quotes and signs come through the picture as they are" {
	put a.ini <<<$'name = "Quote" \\N </svg> & &lt; 李雷\nknows.b"\\l = b'
	put b.ini < <(printf 'name = נועה\\!\nalias = -->\n[log]\n2026-11-01 = x\n')
	put 'c"\.ini' <<<'via = a'
	kith graph --json
	has_status 0
	cp out json
	kith graph --svg -
	has_status 0
	quiet
	[ "$(grep -c 'class="node"' out)" -eq 3 ]
	[ "$(grep -c 'class="edge"' out)" -eq 2 ]
	grep -qF '&quot;Quote&quot; \N' out
	grep -qF '&lt;/svg&gt; &amp; &amp;lt; 李雷' out
	grep -qF 'נועה\!' out
	[ "$(grep -c '</svg>' out)" -eq 1 ]
}

@test "of one person, those around them too" {
	put ana.ini <<<$'name = Ana\nvia = paul'
	put paul.ini <<<$'name = Paul'
	put tom.ini <<<$'name = Tom'
	kith graph ana --json
	has_status 0
	[ "$(jq -c '[.nodes[].id], [.edges[] | [.from, .to]]' out | tr -d '\n')" = '["ana","paul"][["paul","ana"]]' ]
}
