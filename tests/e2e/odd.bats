# What the commands of the network say of books that are odd: always an answer, in time, and JSON
# where it is asked for.
load lib
load odd

@test "ids that nobody has, in via, knows and links" {
	me
	put ada.ini <<-'EOF'
		name = Ada
		tags = writer
		via = nobody-one
		via = words, not an id
		knows = nobody-two, , ada
		knows.sister = nobody-three
		needs = a lantern
		[log]
		2026-09-01 = @fair met: with [[nobody-four]] -> [[nobody-five]] [[]] [[ada]] [[
		2026-09-02 = got: a card -> [[nobody-six]]
		2026-09-03 = intro: [[nobody-seven]] won: lost:
		[todo]
		2026-11-01 = thank [[nobody-eight]]
	EOF
	answers_all 01 ada fair
	kith check
	has_status 1
	finds ada.ini nobody-one
	finds ada.ini nobody-two
	finds ada.ini nobody-three
	finds ada.ini nobody-four
	fast referrals --json
	run ! grep -q '"id": "nobody' out
}

@test "cycles: to oneself, of two, of three, through an alias and through everything" {
	me
	put self.ini <<<$'name = Self\nvia = self\nknows = self\n[log]\n2026-09-01 = got: x -> [[self]]'
	put a.ini <<<$'name = Ann\nvia = b\nknows = b\nalias = old-a\ntags = writer\n[log]\n2026-09-01 = got: x -> [[b]]'
	put b.ini <<<$'name = Ben\nvia = c\nknows = c\n[log]\n2026-09-01 = got: x -> [[c]]'
	put c.ini <<<$'name = Cyd\nvia = old-a\nknows = old-a\n[log]\n2026-09-01 = got: x -> [[a]]'
	put d.ini <<<$'name = Dot\nvia = e'
	put e.ini <<<$'name = Eve\nvia = d'
	answers_all 01 ann fair
	answers_all 01 self fair
	answers_all 01 dot fair
	for name in Ann Ben Cyd Dot Eve; do
		fast referrals
		grep -q "$name" out
		fast referrals --json
		grep -q "$name" out
	done
	kith check
	has_status 1
	finds '(a|b|c).ini' via
	finds '(d|e).ini' via
	finds self.ini via
	# me among them
	put me.ini <<<$'name = Me\nvia = a\nknows = me, a\n[log]\n2026-01-01 = got: x -> [[a]] [[me]]'
	put a.ini <<<$'name = Ann\nvia = me'
	answers_all 01 ann fair
	answers_all 01 me fair
}

@test "entries of the year 9999, of the year 0, and to come, are no encounters" {
	me
	put ada.ini <<-'EOF'
		name = Ada
		every = 1w
		tags = writer
		birthday = 9999-12-31
		date.odd = 0000-00-00
		date.leap = 2023-02-29
		date.year = 1974
		date.month = --11
		snooze = 9999-99-99
		needs = a lantern until 0000-01-01
		[log]
		0000-01-01 = @fair met: in no year
		0001-01-01 = @fair met: long ago
		2026-13-45 = @fair met: in no month
		2026-11-22 = @fair met: tomorrow
		9999-12-31 = @fair met: at the end
		soon = @fair met: soon
		 = @fair met: no date
		[todo]
		9999-12-31 = at last
		0001-01-01 = at first
		never = at all
	EOF
	answers_all 01 ada fair
	kith check
	has_status 1
	for line in 6 9 12 14 15; do
		grep -E "^(book/)?ada.ini:$line:" out
	done
	fast due --json
	has_status 0
	says_json 'len(it) == 1 and it[0]["id"] == "ada" and it[0]["last"] == "0001-01-01"'
	fast event @fair --json
	run ! grep -q '9999\|2026-11-22\|0000' out
	fast met ada @fair today
	has_status 0
	run ! grep -q 'tomorrow\|at the end\|in no' out
	fast met ada --json
	grep -q '0001-01-01' out
	fast stats --json
	run ! grep -q '9999' out
}

@test "a cadence of 0d is none, a tag's neither, and check says so" {
	put .kith/config <<<$'[every]\nwriter = 0d\nother = 1d\nodd = often'
	put ada.ini <<<$'name = Ada\nevery = 0d\ntags = writer\n[log]\n2020-01-01 = tea'
	put ben.ini <<<$'name = Ben\ntags = writer, odd\n[log]\n2020-01-01 = tea'
	put cyd.ini <<<$'name = Cyd\nevery = 2m..1w\n[log]\n2020-01-01 = tea'
	put dot.ini <<<$'name = Dot\nevery = 99999w\n[log]\n2020-01-01 = tea'
	answers_all 01 ada fair
	fast due
	expect_nothing 1
	fast due --json
	has_status 1
	[ ! -s out ] || expect 1 <<<'[]'
	kith check
	has_status 1
	finds ada.ini cadence
	finds cyd.ini cadence
	finds dot.ini cadence
	finds .kith/config 'writer.*cadence'
	finds .kith/config 'odd.*cadence'
	# one that can be read counts all the same
	put ben.ini <<<$'name = Ben\ntags = writer, other\n[log]\n2020-01-01 = tea'
	fast due
	has_status 0
	grep -q Ben out
}

@test "a door that cannot be read stays closed" {
	me
	for door in 'closed until soon' 'ask until 2026-99-99' 'ajar' 'until 2020-01-01' 'openn' 'closed until 2020-01-01x'; do
		put ada.ini <<-EOF
			name = Ada
			door = $door
			tags = writer
			every = 1w
			birthday = --11-23
			needs = a lantern
			via = ben
			[log]
			2020-01-01 = tea
			[todo]
			2026-11-20 = a cup
		EOF
		put ben.ini <<<$'name = Ben\noffers = a lantern\n[log]\n2026-11-01 = tea'
		answers_all 01 ada fair
		for ask in due dates match 'match ada' 'match ben' 'path ada' today; do
			# shellcheck disable=SC2086 # words
			fast $ask
			run ! grep -q 'Ada\|ada' out
		done
		kith check
		finds ada.ini door
		fast brief ada
		has_status 0
		grep -qi 'closed' out
		fast met ada
		grep -qi 'closed' out
	done
}

@test "two who claim one alias: the first by path answers, and check says so" {
	me
	put a/one.ini <<<$'name = One\nalias = both\ntags = writer\n[log]\n2026-11-01 = tea'
	put b/two.ini <<<$'name = Two\nalias = Both'
	put c/three.ini <<<$'name = Three\nvia = both\nknows = BOTH\n[log]\n2026-11-02 = got: x [[both]]'
	put c/both.txt <<<'no contact'
	answers_all 01 three fair
	kith check
	has_status 1
	finds '(a/one|b/two).ini' both
	fast referrals three
	has_status 0
	grep -q One out
	run ! grep -q Two out
	fast brief both
	grep -q One out
	grep -q Two out
	fast met both tea
	expect_nothing 1
	run ! grep -rq 2026-11-21 book
	# an id goes before an alias
	put z/both.ini <<<$'name = Own'
	fast referrals three
	grep -q Own out
	run ! grep -q One out
}

# A few ordinary people, to whom something odd is done.
people() {
	put ada.ini <<<$'name = Ada\ntags = writer\nevery = 1w\nbirthday = --11-23\nneeds = a lantern\n[log]\n2026-09-01 = @fair tea\n[todo]\n2026-11-20 = a cup'
	put ben.ini <<<$'name = Ben\nvia = ada\noffers = a lantern'
}

# answer_well: as if nothing were odd.
answer_well() {
	answers_all 01 ben fair
	for ask in 'brief ada' due dates today 'event @fair' todo referrals 'path ben' match graph stats; do
		# shellcheck disable=SC2086 # words
		fast $ask
		has_status 0
	done
}

@test "nobody says who you are" {
	people
	answer_well
	put .kith/config <<<''
	answer_well
	put .kith/config <<<$'[book]\nme ='
	answer_well
}

@test "you are somebody who is not there" {
	people
	put .kith/config <<<$'[book]\nme = nobody-there'
	answer_well
	kith check
	has_status 1
	finds .kith/config nobody-there
}

@test "an empty book" {
	answers_all 01 ada fair
	put .kith/config <<<$'[book]\nme = me\n[event]\nfair = 2026-12-03 the fair'
	answers_all 01 ada fair
	fast met ada @fair
	expect_nothing 1
	gone ada.ini
	fast met @fair - </dev/null
	[ "$status" -ne 0 ]
	[ ! -s out ]
}

@test "a file that cannot be read: the answer, and exit status 3" {
	people
	mkfifo book/pipe.ini
	answers_all 3 ben fair
	for ask in 'brief ada' due dates today 'event @fair' todo referrals 'path ben' match graph stats; do
		# shellcheck disable=SC2086 # words
		fast $ask
		has_status 3
		[ -s out ]
		grep -q 'pipe.ini' err
	done
}

@test "damaged files are answered for like any" {
	me
	people
	printf 'name = Z\0e\nevery = 1w\n[log]\n2020-01-01 = tea\n' | put nul.ini
	printf '\xff\xfen\0a\0m\0e\0' | put wide.ini
	printf 'name = caf\xe9 \xff\ntags = writer\nevery = 1w\nneeds = \xe9\nvia = \xff\n[log]\n2020-01-01 = @fa\xffir \xe9 [[\xff]]\n[todo]\n2026-11-01 = \xe9\n' | put latin.ini
	printf '<<<<<<< a\nname = A\n=======\nname = B\n>>>>>>> b\n' | put conflict.ini
	: | put empty.ini
	printf 'junk\n[log\n= x\n2026-01-01\n[[log]]\n' | put junk.ini
	answers_all 01 ada fair
	answers_all 01 latin fair
	answers_all 01 nul fair
}

@test "what is no argument is wrong usage, and nothing else" {
	people
	for ask in 'due --json=x' 'dates --nonsense' 'event two words' 'graph --svg' 'stats --nonsense' 'path' \
		'met' 'met ada --on soon' 'met ada --next' 'met ada --next never' 'brief' 'match --nonsense'; do
		# shellcheck disable=SC2086 # words
		fast $ask
		expect_nothing 2
	done
	run ! grep -rq 2026-11-21 book
}
