# kith match: who needs what somebody else offers.
load lib

# You need a bookkeeper; Ana needs photographs, which Rob takes; Eleni keeps books.
people() {
	put .kith/config <<<$'[book]\nme = me'
	put me.ini <<-'EOF'
		name = Glynis
		needs = a bookkeeper until 2027-01-31
		offers = web sites
	EOF
	put ana.ini <<<$'name = Ana Ruiz\nneeds = food photographs'
	put rob.ini <<<$'name = Rob Delgado\noffers = a photographer of food until 2026-12-15'
	put eleni.ini <<-'EOF'
		name = Ελένη Παππά
		offers = bookkeeping
		needs = a good web site
		[log]
		2026-10-08 = coffee
	EOF
}

@test "yours first, then those of others, each explained" {
	people
	kith match
	expect 0 <<-'EOF'
		Ελένη Παππά needs a good web site
		  You offer web sites
		  both say: web, site; last met 2026-10-08, 6 weeks ago

		You need a bookkeeper, until 2027-01-31
		  Ελένη Παππά offers bookkeeping
		  both say: bookkeeper; last met 2026-10-08, 6 weeks ago

		Ana Ruiz needs food photographs
		  Rob Delgado offers a photographer of food, until 2026-12-15
		  both say: food, photographs; you could introduce them
	EOF
	quiet
}

@test "of one person" {
	people
	kith match ana
	expect 0 <<-'EOF'
		Ana Ruiz needs food photographs
		  Rob Delgado offers a photographer of food, until 2026-12-15
		  both say: food, photographs; you could introduce them
	EOF
	kith match eleni
	has_status 0
	[ "$(grep -c '^[^ ]' out)" -eq 2 ]
	kith match nobody-like-this
	has_status 1
}

@test "who know each other, and whom you introduced, are told so" {
	people
	put rob.ini <<<$'name = Rob\noffers = food photographs\nknows = ana'
	kith match ana
	[ "$(tail -n 1 out)" = "  both say: food, photographs; they know each other" ]
	put ana.ini <<-'EOF'
		name = Ana
		needs = food photographs
		[log]
		2026-01-01 = met: first
		2026-11-12 = intro: to [[rob]], who photographs food
	EOF
	put rob.ini <<<$'name = Rob\noffers = food photographs\n[log]\n2026-01-01 = x'
	kith match ana
	[ "$(tail -n 1 out)" = "  both say: food, photographs; you introduced them 2026-11-12, 9 days ago" ]
}

@test "a title or a tag stands in for an offer" {
	put ana.ini <<<$'name = Ana\nneeds = a photographer'
	put bo.ini <<<$'name = Bo\ntitle = photographer'
	put cy.ini <<<$'name = Cy\ntags = tampa, photographer'
	kith match
	expect 0 <<-'EOF'
		Ana needs a photographer
		  Bo has the title photographer
		  both say: photographer; you could introduce them

		Ana needs a photographer
		  Cy is tagged photographer
		  both say: photographer; you could introduce them
	EOF
}

@test "--limit says how many more there are" {
	put ana.ini <<<$'name = Ana\nneeds = boats'
	for id in b c d; do
		put $id.ini <<<"offers = boats"
	done
	kith match --limit 1
	expect 0 <<-'EOF'
		Ana needs boats
		  b offers boats
		  both say: boats; you could introduce them

		and 2 more (--limit)
	EOF
	kith match -n 1 --json
	says "1 of 3 pairs (--limit)"
	for bad in 0 -1 x ''; do
		kith match --limit="$bad"
		has_status 2
	done
}

@test "--json has both people, both phrases, and why" {
	people
	kith match ana --json
	has_status 0
	diff -u - <(jq -c '.[]' out) <<-'EOF'
		{"needs":{"id":"ana","path":"ana.ini","name":"Ana Ruiz"},"need":{"value":"food photographs"},"offers":{"id":"rob","path":"rob.ini","name":"Rob Delgado"},"offer":{"value":"a photographer of food","until":"2026-12-15"},"by":"offer","score":1,"words":["food","photographs"],"tied":false,"introduced":null}
	EOF
	kith match --json
	[ "$(jq length out)" -eq 3 ]
}

@test "whose door is closed, or who wants to be asked, is left alone" {
	people
	for door in closed ask shut 'closed until 2026-11-22'; do
		put rob.ini <<<$'name = Rob\noffers = food photographs\ndoor = '"$door"
		kith match ana
		expect_err 1 "no need that an offer fits"
	done
	kith match rob
	expect_err 1 "rob: the door is not open (closed)"
	kith match
	run ! grep -q Rob out
}

@test "what is over is left out" {
	put ana.ini <<<$'name = Ana\nneeds = boats until 2026-11-20'
	put ben.ini <<<$'name = Ben\noffers = boats'
	kith match
	expect_err 1 "no need that an offer fits"
	kith match --json
	expect 1 <<<'[]'
}

@test "an empty book has no pairs" {
	kith match
	expect_err 1 "no need that an offer fits"
}

@test "a name from a file cannot move the cursor" {
	put ana.ini <<<$'name = A\e[2Jna\nneeds = bo\eats, boats'
	put ben.ini <<<$'name = Ben\noffers = boats\e[1m'
	kith match
	has_status 0
	run ! grep -q $'\e' out
}
