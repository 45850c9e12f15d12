# kith met: what you knew first, then one entry for all who were there.
# shellcheck disable=SC2016 # the editor's sh expands them
load lib
load terminal
load git

candace() {
	put candace.ini <<-'EOF'
		name = Candace Pruitt
		via = glynis
		door = ask she counts cards
		[log]
		2026-03-05 = @chamber-mixer her card
		2026-05-07 = @chamber-mixer second card
		2026-06-01 = note: no word since
		2026-09-03 = @chamber-mixer third card
		[todo]
		2026-11-01 = write to her
		2026-12-01 = they: her brochure
	EOF
}

@test "it says how often, where, when, what is promised and the door, then writes" {
	candace
	put glynis.ini <<<"name = Glynis Jordan"
	kith met candace @chamber-mixer fourth card
	expect 0 <<-'EOF'
		Candace Pruitt: 3 encounters, last 2026-09-03, 2 months ago
		  door: ask, she counts cards
		  through Glynis Jordan
		  2026-03-05  met    @chamber-mixer her card
		  2026-05-07  met    @chamber-mixer second card
		  2026-09-03  met    @chamber-mixer third card
		  you promised, 2026-11-01: write to her
		  they promised, 2026-12-01: her brochure
	EOF
	says "candace: log 2026-11-21"
	grep -qx '2026-11-21 = @chamber-mixer fourth card' book/candace.ini
}

@test "of many encounters it tells the first and the last four" {
	{
		printf 'name = Ada\n[log]\n'
		for day in 01 02 03 04 05 06 07; do
			echo "2026-11-$day = met: day $day"
		done
	} | put ada.ini
	kith met ada
	expect 0 <<-'EOF'
		Ada: 7 encounters, last 2026-11-07, 2 weeks ago
		  2026-11-01  met    day 01
		  .. 2 more
		  2026-11-04  met    day 04
		  2026-11-05  met    day 05
		  2026-11-06  met    day 06
		  2026-11-07  met    day 07
	EOF
	tail -n 1 book/ada.ini | diff - <(echo '2026-11-21 = met:')
}

@test "an encounter that stands with somebody else is told as well" {
	put ada.ini <<<"name = Ada"
	put ben.ini <<<$'name = Ben\n[log]\n2026-05-01 = @quay herrings with [[ada]]'
	kith met ada
	expect 0 <<-'EOF'
		Ada: one encounter, 2026-05-01, 6 months ago
		  2026-05-01  met    @quay herrings with [[ada]]
	EOF
}

@test "all of them get it, linked to each other, in one commit" {
	put ada.ini <<<$'name = Ada\n[log]'
	put ben.ini <<<$'name = Ben\n[log]'
	kith init book
	kith met 'ada, Ben,ada' @quay 'herrings -> [[tom]]'
	has_status 0
	says $'ada: log 2026-11-21\nben: log 2026-11-21'
	tail -n 1 book/ada.ini | diff - <(echo '2026-11-21 = @quay herrings [[ben]] -> [[tom]]')
	tail -n 1 book/ben.ini | diff - <(echo '2026-11-21 = @quay herrings [[ada]] -> [[tom]]')
	git -C book log --format=%s -n 1 | diff - <(echo 'ada, ben: log 2026-11-21')
	git -C book status --short | diff /dev/null -
}

@test "--new adds who is not there, --via says through whom, --next what follows" {
	put paul-novak.ini <<<$'name = Paul Novak\n[log]'
	put ann-lee.ini <<<$'name = Ann Lee\nvia = somebody\n[log]'
	kith met --new 'Ann, Pau, Rita Falk' @fair both need a van --via paul --next 'friday send the menu'
	has_status 0
	holds ann-lee.ini <<-'EOF'
		name = Ann Lee
		via = somebody
		[log]
		2026-11-21 = @fair both need a van [[pau]] [[rita-falk]]

		[todo]
		2026-11-27 = send the menu
	EOF
	sed '/^uid/d' book/rita-falk.ini | diff - <(cat <<-'EOF'
		[contact]
		name       = Rita Falk
		via        = paul-novak

		[log]
		2026-11-21 = @fair both need a van [[ann-lee]] [[pau]]

		[todo]
		2026-11-27 = send the menu
	EOF
	)
	[ -e book/pau.ini ] # Paul is not meant by a part of his name
}

@test "without --new nobody is added, and nothing is written" {
	put ada.ini <<<$'name = Ada\n[log]'
	cp book/ada.ini before
	kith met ada,zoe hello
	expect_nothing 1
	grep -q 'nothing was written; --new adds who is not there yet' err
	cmp before book/ada.ini
}

@test "--via in words is kept; a follow-up without a text is to follow up" {
	kith met --new Zoe --via "the woman at the print shop" --next +1w --on yesterday
	has_status 0
	grep -qx 'via *= the woman at the print shop' book/zoe.ini
	grep -qx '2026-11-28 = follow up' book/zoe.ini
	grep -qx '2026-11-20 = met:' book/zoe.ini
	grep -q "'the woman at the print shop' is not in the book; kept as words" err
}

@test "an evening comes as lines on stdin" {
	put noa.ini <<<$'name = Noa\n[log]'
	put sam.ini <<<$'name = Sam\n[log]'
	kith met @mixer - --new <<-'EOF'
		# who was there
		noa: saved me a chair

		Rita Falk, sam: call: they need a van
		Rita Falk
		sam: @bar a beer: late
	EOF
	has_status 0
	holds noa.ini <<<$'name = Noa\n[log]\n2026-11-21 = @mixer saved me a chair'
	holds sam.ini <<-'EOF'
		name = Sam
		[log]
		2026-11-21 = @mixer call: they need a van [[rita-falk]]
		2026-11-21 = @bar a beer: late
	EOF
	sed -n '/log/,$p' book/rita-falk.ini | diff - <(printf '%s\n' '[log]' \
		'2026-11-21 = @mixer call: they need a van [[sam]]' '2026-11-21 = @mixer')
}

@test "a line that names nobody known is named, and nothing is written" {
	put noa.ini <<<$'name = Noa\n[log]'
	cp book/noa.ini before
	kith met @mixer - <<<$'noa: x\n\nzoe: y'
	expect_nothing 1
	grep -q 'that was line 3; nothing was written' err
	cmp before book/noa.ini
	kith met @mixer - <<<$'# nobody\n'
	has_status 2
	kith met @mixer
	has_status 2
	kith met @mixer ada
	has_status 2
	grep -q 'the names come first' err
}

@test "the evening is written in the editor on a terminal" {
	put noa.ini <<<$'name = Noa\n[log]'
	export VISUAL='sh -c '\''echo "noa: saved me a chair" >>"$1"'\'' sh'
	terminal 'kith met @mixer' </dev/null
	grep -qx '2026-11-21 = @mixer saved me a chair' book/noa.ini
}

@test "wrong usage says what is wrong, and writes nothing" {
	put ada.ini <<<$'name = Ada\n[log]'
	cp book/ada.ini before
	for args in '' 'ada,,ada' 'ada --next soon' 'ada --next 2026' 'ada --on soon'; do
		# shellcheck disable=SC2086
		kith met $args
		has_status 2
		[ -s err ]
	done
	kith met ada --via ' '
	has_status 2
	cmp before book/ada.ini
}

@test "a file that may not be written stops it before the first is" {
	put ada.ini <<<$'name = Ada\n[log]'
	put ben.ini <<<$'name = Ben\n<<<<<<< ours\n=======\n>>>>>>> theirs'
	cp book/ada.ini before
	kith met ada,ben x
	has_status 3
	cmp before book/ada.ini
}

@test "--json: what was known" {
	candace
	kith met candace x --json
	has_status 0
	jq -c '.[0] | [.id, .met, .first, .last, .door.state, .via, [.encounters[].event], [.todo[].who]]' out |
		diff - <(echo '["candace",3,"2026-03-05","2026-09-03","ask",["glynis"],["chamber-mixer","chamber-mixer","chamber-mixer"],["me","they"]]')
	kith met --new Zoe --json
	expect 0 <<<'[]'
}

@test "who is nearly somebody, and an event that is nearly one of the book's, is doubted" {
	put jonas-ek.ini <<<$'name = Jonas Ek\n[log]\n2026-05-01 = @founders-mixer x'
	kith met --new jonsa @foundersmixer hello
	has_status 0
	grep -qx "kith met: 'jonsa' is taken for somebody new, and not for Jonas Ek" err
	grep -qx "kith met: @foundersmixer is new; was @founders-mixer meant? 'kith undo' takes it back" err
	kith met jonas @Founders-Mixer hello
	says "jonas-ek: log 2026-11-21"
	kith met jonas @elsewhere hello
	says "jonas-ek: log 2026-11-21"
}

@test "the same evening again is logged once" {
	put noa.ini <<<$'name = Noa\n[log]'
	for run in 1 2; do
		kith met @mixer - <<<'noa: saved me a chair'
		has_status 0
	done
	says "noa: nothing to change"
	[ "$(grep -c chair book/noa.ini)" -eq 1 ]
}

@test "a line that begins with a kind has left out who it was" {
	kith met @mixer - --new <<<'note: saw the owner'
	has_status 2
	grep -q "'note' is a kind of entry; a line begins with names" err
	[ -z "$(ls book)" ]
}
