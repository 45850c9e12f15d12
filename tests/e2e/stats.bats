# kith stats: the network in numbers.
load lib
load terminal

people() {
	put .kith/config <<<$'[book]\nme = me'
	put me.ini <<<$'name = Me\n[log]\n2026-11-10 = gave: x'
	put ana.ini <<-'EOF'
		name = Ana Ruiz
		tags = tampa
		[log]
		2026-10-03 = met: [[ben]]
		2026-11-05 = gave: flour
		2026-11-06 = gave: sugar
	EOF
	put ben.ini <<<$'name = Ben\ndoor = ask\ntags = tampa\n[log]\n2025-09-20 = got: a book'
	put cy.ini <<<$'name = Cy\ndoor = closed\ntags = tampa, zoo\n[log]\n2025-09-03 = got: x\n2024-09-04 = got: x'
}

@test "months as bars, what was given and got, who is cold by tag" {
	people
	kith stats --months 3
	expect 0 <<-'EOF'
		       met  new  lost
		2026-09               1
		2026-10    2    1        ███████████████████████████████████████████████
		2026-11    2             ███████████████████████████████████████████████

		4 encounters with 2 people; 1 new, 1 lost

		Gave and got
		            gave  got
		  in all       2    3
		  Ana Ruiz     2    0
		  Ben          0    1 (ask first)

		Cold, by tag
		  #zoo    1 of 1
		  #tampa  1 of 3
	EOF
	quiet
	kith stats
	has_status 0
	[ "$(grep -c '^202[56]-' out)" -eq 12 ]
	[ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 72 ]
}

@test "a query or a name says of whom" {
	people
	kith stats '#zoo' -n 1 --json
	has_status 0
	tr -d ' \n' <out | diff - <(printf %s '{"months":[{"month":"2026-11","encounters":0,"new":0,"lost":0}],' \
		'"encounters":0,"people":0,"new":0,"lost":0,"gifts":{"gave":0,"got":2,"people":[]},"tags":[{"tag":"tampa","cold":1,"of":1},{"tag":"zoo","cold":1,"of":1}]}')
	kith stats ana -n 2 --json
	has_status 0
	tr -d ' \n' <out | diff - <(printf %s '{"months":[{"month":"2026-10","encounters":1,"new":1,"lost":0},{"month":"2026-11","encounters":2,"new":0,"lost":0}],' \
		'"encounters":3,"people":1,"new":1,"lost":0,"gifts":{"gave":2,"got":0,"people":[{"id":"ana","path":"ana.ini","name":"AnaRuiz","gave":2,"got":0}]},"tags":[]}')
	kith stats nobody-like-this
	has_status 1
}

@test "whose door is closed is counted, and named nowhere" {
	people
	for how in '' --json '--svg -' '-n 1200'; do
		# shellcheck disable=SC2086
		kith stats $how
		has_status 0
		[ -s out ]
		! grep -qi 'cy' out
	done
}

@test "--svg is a picture of the months" {
	people
	kith stats --svg -
	has_status 0
	cp out picture
	[ "$(head -c 38 picture)" = '<svg xmlns="http://www.w3.org/2000/svg' ]
	[ "$(grep -c '<g>' picture)" -eq 12 ]
	grep -qF '<title>2026-11: 2 encounters, 0 new, 0 lost</title>' picture
	kith stats --svg months.svg
	expect_nothing 0
	cmp months.svg picture
	kith stats --svg nowhere/months.svg
	expect_err 3 "kith stats: cannot write nowhere/months.svg: No such file or directory"
	kith stats --svg /dev/full
	expect_err 3 "kith stats: /dev/full: cannot write: No space left on device"
}

@test "what cannot be meant is wrong usage" {
	for n in 0 -1 1201 many ''; do
		kith stats --months "$n"
		expect_nothing 2
		[ "$(head -n 1 err)" = "kith stats: --months is a number from 1 to 1200" ]
	done
	kith stats --svg - --json
	expect_nothing 2
}

@test "an empty book has no numbers, and says so" {
	kith stats
	expect_err 1 "the book is empty; 'kith new NAME' adds somebody"
	kith stats --json --months 1
	has_status 1
	[ "$(jq -c '[.months[].encounters, .people]' out)" = '[0,0]' ]
}

@test "it fits a phone" {
	people
	COLUMNS=40 terminal 'kith stats' </dev/null
	has_status 0
	[ "$(LC_ALL=C.UTF-8 wc -L <out)" -le 40 ]
	grep -q █ out
}
