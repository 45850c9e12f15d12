# kith today: the digest for the morning.
# shellcheck disable=SC1010 # done is a command here
load lib
load terminal

settings() {
	put .kith/config <<-'EOF'
		[book]
		me = me
		[every]
		family = 2w
		[event]
		book-fair = 2026-11-28 Tampa book fair; Paul reads at noon
		mixer = 2026-11-21
		later = 2026-11-29 too far
		over = 2026-11-20 gone
		winter = 2026-11 the whole month
		someday = 2026
	EOF
}

# One of each.
people() {
	settings
	put ada.ini <<-'EOF'
		name = Ada Lovelace
		[todo]
		2026-11-19 = send the engine's plans
		2026-11-21 = they: a note on Bernoulli
		2026-11-22 = tomorrow's
		soon = whenever
	EOF
	put zoe.ini <<-'EOF'
		name = Zoë
		tags = family
		birthday = 1991-11-25
		[log]
		2026-11-01 = call: about the harbour
	EOF
	put paul.ini <<-'EOF'
		name = Paul
		[log]
		2026-10-19 = @dunkin got: two cards -> [[tom]]
	EOF
	put tom.ini <<-'EOF'
		name = Tom
		via = paul
		[log]
		2026-10-20 = call: hello
	EOF
}

@test "promises, whose turn it is, dates, events, thanks" {
	people
	kith today
	expect 0 <<-'EOF'
		2026-11-21 Sat

		You promised
		  2026-11-19 Thu  Ada Lovelace  send the engine's plans

		They promised
		  2026-11-21 Sat  Ada Lovelace  a note on Bernoulli

		To be in touch with
		  Zoë  2 weeks ago  every 2w, due 6 days ago

		Dates
		  2026-11-25 Wed  Zoë  birthday, 35 years

		Events
		  2026-11         @winter     the whole month
		  2026-11-21 Sat  @mixer
		  2026-11-28 Sat  @book-fair  Tampa book fair; Paul reads at noon

		Thanks owed
		  2026-10-19 Mon  Paul  sent you Tom at @dunkin
	EOF
	quiet
}

@test "nothing at all: not a byte, and exit status 1" {
	kith today
	expect_nothing 1
	quiet
	put ada.ini <<<$'name = Ada\n[todo]\n2026-11-22 = x\n2026-12 = y'
	put tom.ini <<<$'every = 1m\nbirthday = 1974\n[log]\n2026-11-20 = x'
	kith today
	expect_nothing 1
	quiet
	kith today --json
	expect 1 <<-'EOF'
		{
		  "date": "2026-11-21",
		  "todo": [],
		  "due": [],
		  "dates": [],
		  "events": [],
		  "thanks": []
		}
	EOF
}

@test "a promise for a month is due with its first day and late with the next month" {
	put ada.ini <<<$'name = Ada\n[todo]\n2026-11 = x'
	KITH_NOW=2026-10-31 kith today
	expect_nothing 1
	KITH_NOW=2026-11-01 TERM=xterm terminal 'kith today' </dev/null
	grep -qF '  2026-11  ' out
	KITH_NOW=2026-12-01 TERM=xterm terminal 'kith today' </dev/null
	grep -qF $'\033[33m2026-11\033[0m' out
}

@test "nobody whose door is closed; ask is marked" {
	people
	for one in ada zoe paul; do
		kith set "$one" 'door=closed until 2027-01-01'
	done
	kith today
	expect 0 <<-'EOF'
		2026-11-21 Sat

		Events
		  2026-11         @winter     the whole month
		  2026-11-21 Sat  @mixer
		  2026-11-28 Sat  @book-fair  Tampa book fair; Paul reads at noon
	EOF
	for one in ada zoe paul; do
		kith set "$one" door=ask
	done
	kith today
	[ "$(grep -cF '(ask first)' out)" -eq 5 ]
}

@test "thanks are no news when given, promised, or a year old" {
	people
	rm "$KITH_BOOK/.kith/config" "$KITH_BOOK"/{ada,zoe}.ini
	kith today
	has_status 0
	KITH_NOW=2027-10-19 kith today
	has_status 0
	KITH_NOW=2027-10-20 kith today
	expect_nothing 1
	kith todo paul 2026-12-24 thank him for Tom
	kith today
	expect_nothing 1
	kith done paul
	kith today
	expect_nothing 1
}

@test "ten of those who are due, and how many more" {
	for i in {10..22}; do
		put "p$i.ini" <<<$'every = 1d\n[log]\n2026-11-01 = x'
	done
	kith today
	has_status 0
	[ "$(grep -c 'every 1d' out)" -eq 10 ]
	tail -n 1 out | diff - <(echo '  and 3 more: kith due')
	rm "$KITH_BOOK"/p{10,11,12}.ini
	kith today
	tail -n 1 out | diff - <(echo '  p22  2 weeks ago  every 1d, overdue by 2 weeks')
}

@test "--json is one object with all of it" {
	people
	kith today --json
	has_status 0
	cp out all
	sed -n '/"todo"/,/^  \]/p' all | diff -u - <(cat <<-'EOF'
	  "todo": [
	    {
	      "id": "ada",
	      "path": "ada.ini",
	      "name": "Ada Lovelace",
	      "date": "2026-11-19",
	      "who": "me",
	      "text": "send the engine's plans",
	      "number": 1
	    },
	    {
	      "id": "ada",
	      "path": "ada.ini",
	      "name": "Ada Lovelace",
	      "date": "2026-11-21",
	      "who": "they",
	      "text": "a note on Bernoulli",
	      "number": 2
	    }
	  ],
	EOF
	)
	sed -n '/"events"/,$p' all | diff -u - <(cat <<-'EOF'
	  "events": [
	    {
	      "event": "winter",
	      "date": "2026-11",
	      "text": "the whole month"
	    },
	    {
	      "event": "mixer",
	      "date": "2026-11-21",
	      "text": ""
	    },
	    {
	      "event": "book-fair",
	      "date": "2026-11-28",
	      "text": "Tampa book fair; Paul reads at noon"
	    }
	  ],
	  "thanks": [
	    {
	      "id": "paul",
	      "path": "paul.ini",
	      "name": "Paul",
	      "date": "2026-10-19",
	      "sent": [
	        {
	          "id": "tom",
	          "path": "tom.ini",
	          "name": "Tom"
	        }
	      ]
	    }
	  ]
	}
	EOF
	)
	# what due and dates say of them is what they say here
	for part in due 'dates --within 7d'; do
		# shellcheck disable=SC2086
		kith $part --json
		has_status 0
		sed '1d;$d' out | tr -d ' \n' >piece
		tr -d ' \n' <all | grep -qF -f piece
	done
}

@test "it fits a narrow screen" {
	people
	COLUMNS=30 terminal 'kith today' </dev/null
	[ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 30 ]
	grep -q "^    send the engine's plans" out
}

@test "a file that cannot be read is said, and fails" {
	people
	mkfifo "$KITH_BOOK/fifo.ini"
	kith today
	has_status 3
	grep -q '^2026-11-21' out
	grep -q fifo.ini err
	kith today now
	expect_nothing 2
}
