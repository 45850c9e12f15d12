# A closed door: nobody behind one is in due, dates, today, match or path; `ask` is not in match.
load lib

# crowd: a thousand people, always the same; the first letter of an id and the name tell what the
# door is on 2026-11-21: o- Oscar open, a- Alma ask, c- Cyril closed. All are overdue, have a
# birthday ahead and an open promise, need what the next one offers, and know a few others; one in
# five was never met, but came through somebody.
crowd() {
	mkdir -p book/.kith
	printf '[book]\nme = me\n' >book/.kith/config
	printf 'name = Me\nneeds = lantern, thing7\noffers = thing8\n' >book/me.ini
	awk '
		BEGIN {
			n = 1000
			seed = 20261121
			while ((getline line <"doors") > 0) {
				split(line, part, "|")
				doors++
				state[doors] = part[1]
				door[doors] = part[2]
			}
			for (i = 0; i < n; i++) {
				form[i] = 1 + one_of(doors)
				s = state[form[i]]
				id[i] = sprintf("%s-%04d", s, i)
				name[i] = (s == "o" ? "Oscar" : s == "a" ? "Alma" : "Cyril") " " i
			}
			for (i = 0; i < n; i++)
				person(i, i % 5 == 0, "book/" id[i] ".ini")
		}
		function one_of(k) {
			seed = (seed * 16807) % 2147483647
			return int(seed / 2147483647 * k)
		}
		function person(i, unmet, file, k) {
			print "name = " name[i] >file
			if (door[form[i]] != "")
				print "door = " door[form[i]] >file
			print "tags = " (unmet ? "unmet" : "met") >file
			print "every = 1w" >file
			printf "birthday = --%s\n", one_of(2) ? "11-2" 2 + one_of(8) : "12-0" 1 + one_of(9) >file
			print "needs = thing" i >file
			print "offers = thing" (i + n - 1) % n ", lantern" >file
			print "via = " id[unmet ? i + 1 : one_of(n)] >file
			for (k = 0; k < 3; k++)
				print "knows = " id[one_of(n)] >file
			if (!unmet) {
				print "[log]" >file
				if (i % 2 == 0) # where the newest encounter of the others stands
					printf "2026-%02d-12 = call: with [[%s]] -> [[%s]]\n", 1 + one_of(9),
						id[5 * one_of(n / 5) + 1], id[one_of(n)] >file
				printf "2025-12-%02d = got: a card -> [[%s]]\n", 1 + one_of(28), id[one_of(n)] >file
				print (i % 2 ? "2026-01-01 = tea" : "2026-10-11 = tea") >file
			}
			print "[todo]" >file
			print "2026-11-" 10 + one_of(11) " = bring it back" >file
			close(file)
		}' </dev/null
}

# Every form, and what it is on that day.
setup() {
	export HOME=$BATS_TEST_TMPDIR/home KITH_BOOK=$BATS_TEST_TMPDIR/book
	mkdir "$HOME" "$KITH_BOOK"
	cd "$BATS_TEST_TMPDIR" || return
	exec </dev/null
	cat >doors <<-'EOF'
		o|
		o|
		o|open
		o|Open until 2027-01-01, all are welcome
		o|closed until 2026-11-20
		o|closed until 2026-11-21 asked for quiet
		o|ask until 2026
		a|ask
		a|ask until 2026-11-22
		a|ASK, until 2027 by letter
		c|closed
		c|closed asked for quiet
		c|Closed until 2026-11-22
		c|closed, until 2027-03 after the move
		c|closed until 9999
		c|closed until soon
		c|closed until 2026-13-45
		c|shut
		c|not before spring
	EOF
	crowd
}

# answers ARGS: there is an answer, as text and as JSON, which are the files out and out.json.
answers() {
	command kith "$@" --json >out.json 2>err || { cat err; return 1; }
	python3 -m json.tool out.json >/dev/null || return
	command kith "$@" >out 2>err || { cat err; return 1; }
	[ -s out ]
}

# behind STATE FILE...: those behind such a door that are named in the files.
behind() {
	case $1 in
	closed) grep -ohE 'c-[0-9]{4}|Cyril [0-9]+' "${@:2}" ;;
	ask) grep -ohE 'a-[0-9]{4}|Alma [0-9]+' "${@:2}" ;;
	open) grep -ohE 'o-[0-9]{4}|Oscar [0-9]+' "${@:2}" ;;
	esac | sort -u | head -n 5
}

# obeys ARGS: nobody behind a closed door, and somebody else, in both forms of the answer. With all
# doors open those who were not in it are: so they were left out for their door.
obeys() {
	answers "$@"
	[ -z "$(behind closed out out.json)" ] || { behind closed out out.json; return 1; }
	[ -n "$(behind open out)" ]
	[ -n "$(behind open out.json)" ]
}

without_doors() {
	sed -i '/^door/d' book/*.ini
	answers "$@"
	[ -n "$(behind closed out)" ]
	[ -n "$(behind closed out.json)" ]
}

# ids: all that the JSON names.
ids() {
	python3 - <<-'EOF' | sort -u
		import json
		def walk(value):
		    if isinstance(value, dict):
		        if isinstance(value.get("id"), str):
		            print(value["id"])
		        value = list(value.values())
		    if isinstance(value, list):
		        for part in value:
		            walk(part)
		walk(json.load(open("out.json")))
	EOF
}

@test "the crowd is what it should be" {
	[ "$(find book -name '[oac]-*.ini' | wc -l)" -eq 1000 ]
	for letter in o a c; do
		[ "$(find book -name "$letter-*.ini" | wc -l)" -gt 100 ]
	done
	cksum book/*.ini | cksum >once
	rm book/*.ini
	crowd
	cksum book/*.ini | cksum | cmp once -
	for state in o:open a:ask c:closed; do
		kith list --format '{id}' door:"${state#*:}" -id=me
		has_status 0
		cut -c 1 out | sort -u | diff -u - <(echo "${state%:*}")
	done
}

@test "due" {
	obeys due
	[ -n "$(behind ask out)" ]
	ids | grep -v '^me$' | diff -u <(basename -s .ini book/[oa]-*.ini | sort) -
	without_doors due
}

@test "due: a query does not open a door" {
	obeys due '#met'
	kith due c-0011 door:closed
	has_status 1
	run ! grep -q 'c-\|Cyril' out
	answers due --ics 2>/dev/null || kith due --ics
	[ -z "$(behind closed out)" ]
	[ -n "$(behind open out)" ]
}

@test "dates" {
	obeys dates
	[ -n "$(behind ask out)" ]
	ids | diff -u <(basename -s .ini book/[oa]-*.ini | sort) -
	kith dates --ics
	has_status 0
	[ -z "$(behind closed out)" ]
	[ -n "$(behind open out)" ]
	without_doors dates
}

@test "today" {
	obeys today
	without_doors today
}

@test "match: nobody to be asked first, either" {
	obeys match
	[ -z "$(behind ask out out.json)" ]
	for one in $(basename -s .ini book/[oac]-00[0-4]*.ini) me; do
		status=0
		command kith match "$one" >out 2>err || status=$?
		[ "$status" -le 1 ]
		[ -z "$(behind closed out | grep -v "$one")$(behind ask out | grep -v "$one")" ]
		case $one in
		[ac]-*) [ "$status" -eq 1 ] && [ ! -s out ] ;;
		esac
	done
	without_doors match
	[ -n "$(behind ask out)" ]
	[ -n "$(behind ask out.json)" ]
}

@test "path: neither where it leads, nor on the way" {
	obeys path '#unmet'
	for one in $(basename -s .ini book/[oa]-0[0-9][0-9][05].ini); do
		status=0
		command kith path "$one" --json >out 2>err || status=$?
		[ "$status" -le 1 ]
		[ -z "$(behind closed out)" ]
	done
	for one in $(basename -s .ini book/c-00[0-9][05].ini); do
		kith path "$one"
		has_status 1
		[ ! -s out ]
	done
	without_doors path '#unmet'
}
