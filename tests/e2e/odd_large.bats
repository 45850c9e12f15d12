# What the commands of the network say of books that are large in an odd way: an answer, in time.
load lib
load odd

@test "a chain of ten thousand" {
	me
	awk 'BEGIN {
		for (i = 1; i <= 10000; i++) {
			file = sprintf("book/p%05d.ini", i)
			printf "name = Person %d\nvia = p%05d\nknows = p%05d\n", i, i - 1, i - 1 >file
			if (i == 1)
				print "[log]\n2026-11-01 = tea" >file
			close(file)
		}
	}'
	answers_all 01 p10000 fair
	fast referrals p00001
	has_status 0
	grep -q 'Person 10000' out
	fast referrals p10000 --json
	has_status 0
	fast path p10000
	[ "$status" -le 1 ]
	# the end bites its tail
	printf 'name = Person 1\nvia = p10000\n' >book/p00001.ini
	for ask in referrals 'referrals p00001' 'path p10000' 'brief p10000' today; do
		# shellcheck disable=SC2086 # words
		fast $ask --json
		[ "$status" -le 1 ]
		[ ! -s out ] || are_json out
	done
	fast referrals
	grep -q 'Person 10000' out
}

@test "ten thousand entries in one file" {
	me
	awk 'BEGIN {
		print "name = Ada\ntags = writer\nevery = 1w\nneeds = a lantern"
		print "[log]"
		for (i = 0; i < 10000; i++)
			printf "20%02d-%02d-%02d = @fair %s: talk %d [[ben]] -> [[p%d]]\n", i / 400, 1 + i % 12,
				1 + i % 28, substr("met callgot ", 1 + i % 3 * 4, 4), i, i % 50
		print "[todo]"
		for (i = 0; i < 10000; i++)
			printf "2026-%02d-%02d = promise %d\n", 1 + i % 12, 1 + i % 28, i
	}' | put ada.ini
	sed -i 's/met :/met:/; s/got :/got:/' book/ada.ini
	put ben.ini <<<'name = Ben'
	for i in {0..49}; do
		put "p$i.ini" <<<$'name = P\nneeds = thing\noffers = thing, lantern'
	done
	answers_all 01 ada fair
	fast met ada,ben one more
	has_status 0
	[ "$(wc -l <out)" -lt 60 ]
	fast brief ada
	[ "$(wc -l <out)" -lt 100 ]
	fast "done" ada 1
	has_status 0
}

@test "an event of five thousand people, by their logs, by one entry, and by promises" {
	me
	awk 'BEGIN {
		for (i = 1; i <= 5000; i++) {
			file = sprintf("book/p%04d.ini", i)
			printf "name = Person %d\ntags = writer\nneeds = thing%d\noffers = thing%d, help\n", i, i % 100, i % 101 >file
			print "[log]\n2026-09-01 = @fair tea" >file
			print "[todo]\n2026-12-03 = bring it to @fair" >file
			close(file)
		}
		print "name = Host\nneeds = help\n[log]" >"book/host.ini"
		printf "2026-09-01 = @fair all of us" >"book/host.ini"
		for (i = 1; i <= 5000; i++)
			printf " [[p%04d]]", i >"book/host.ini"
		print "\n2026-10-01 = @fair again" >"book/host.ini"
	}'
	printf '[event]\nfair = 2026-12-03 the fair\n' >>book/.kith/config
	answers_all 01 p0001 fair
	for ask in 'brief host' 'path host' 'referrals host' 'match host'; do
		# shellcheck disable=SC2086 # words
		fast $ask
		[ "$status" -le 1 ]
	done
	fast event @fair --json
	has_status 0
	grep -o '"id": "p[0-9]*"' out | sort -u | wc -l | grep -qx 5000
	fast met p0001 @fair
	has_status 0
	{
		for i in {1..500}; do
			printf 'p%04d: said hello\n' "$i"
		done
	} >evening
	fast met @fair - <evening
	has_status 0
	[ "$(grep -l '2026-11-21 = @fair said hello' book/p*.ini | wc -l)" -eq 500 ]
}

@test "an entry of fifty thousand links" {
	me
	awk 'BEGIN {
		print "name = Ada\ntags = writer\nneeds = a lantern\n[log]"
		printf "2026-09-01 = @fair all of us"
		for (i = 1; i <= 50000; i++)
			printf " [[p%05d]]", i
		printf "\n2026-09-02 = got: cards ->"
		for (i = 1; i <= 50000; i++)
			printf " [[p%05d]]", i
		print ""
	}' | put ada.ini
	put ben.ini <<<$'name = Ben\nvia = ada'
	for ask in due today 'event @fair' 'brief ada' referrals 'path ben' match graph stats; do
		# shellcheck disable=SC2086 # words
		fast $ask --json
		[ "$status" -le 1 ]
	done
	fast met ada,ben one more
	has_status 0
}
