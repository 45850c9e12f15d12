# Two stories that kith is made for, told by its own commands from an empty book.
load lib
load git

setup() {
	export HOME=$BATS_TEST_TMPDIR/home KITH_BOOK=$BATS_TEST_TMPDIR/book
	mkdir "$HOME"
	printf '[user]\nname = Ada\nemail = ada@ok.example\n' >"$HOME/.gitconfig"
	cd "$BATS_TEST_TMPDIR" || return
	exec </dev/null
	command kith init book >/dev/null 2>&1
}

# on DATE ARGS: kith, that day.
on() {
	export KITH_NOW=$1
	kith "${@:2}"
}

# does DATE ARGS: the same, and it must succeed.
does() {
	on "$@"
	has_status 0
}

# tells TEXT...: each of them is on stdout, in this order.
tells() {
	python3 - "$@" <<-'EOF'
		import sys
		out = " ".join(open("out", encoding="utf-8").read().split())
		at = 0
		for text in sys.argv[1:]:
		    found = out.find(text, at)
		    if found < 0:
		        sys.exit(f"'{text}' is not (in this order) in: {out}")
		    at = found + len(text)
	EOF
}

# silent DATE: there is nothing to be told that day.
silent() {
	on "$1" today
	expect_nothing 1
	on "$1" today --json
	has_status 1
	python3 -c 'import json; it = json.load(open("out")); assert not any(part for part in it.values() if isinstance(part, list)), it'
}

@test "somebody who had no use for your work sends you two who do" {
	silent 2025-08-18
	does 2025-08-18 met --new 'Paul Novak' @dunkin-main waiting out a storm\; has a web site, needs nothing of mine
	does 2025-09-01 met paul @dunkin-main same table by the window \#horror
	tells '2025-08-18' '@dunkin-main' 'waiting out a storm'
	does 2025-09-15 log paul mail: sent him an article on lighthouse lenses
	silent 2025-10-20

	# Two months later he hands you two cards.
	does 2025-10-20 new Ana Ruiz via=paul-novak org='Ruiz Kitchen' needs='a menu'
	does 2025-10-20 new Tom Weld via=paul-novak
	does 2025-10-20 log paul @dunkin-main got: 'two business cards, he thought of me -> [[ana-ruiz]] [[tom-weld]]'

	# Who sent them? And he is owed thanks.
	does 2025-10-20 referrals ana
	tells 'Paul Novak' 'Ana Ruiz'
	does 2025-10-21 brief ana
	tells 'Ana Ruiz' 'Paul Novak'
	does 2025-10-21 today
	tells 'Paul Novak'
	does 2025-10-21 referrals paul
	tells 'Paul Novak' 'Ana Ruiz' 'Tom Weld'

	# Thank him, and follow both up.
	does 2025-10-21 todo paul today thank him for the two cards
	does 2025-10-21 todo ana +2d call her about the menu
	does 2025-10-21 todo tom +2d call him
	does 2025-10-21 today
	tells 'thank him for the two cards'
	does 2025-10-22 log paul letter: a proper thank-you, on paper
	does 2025-10-22 "done" paul
	silent 2025-10-22
	does 2025-10-23 today
	tells 'call her about the menu'
	does 2025-10-23 today
	tells 'call him'
	does 2025-10-23 log ana call: wants forty menus
	does 2025-10-23 "done" ana
	does 2025-10-23 met tom @quay herrings
	does 2025-10-23 "done" tom
	silent 2025-10-24

	# A year later: what came of it.
	does 2025-12-01 log ana won: forty menus, printed before Christmas
	does 2026-02-03 log tom lost: went with his cousin
	does 2026-05-04 met ana,paul @ruiz-kitchen the first printed menu
	does 2026-10-20 referrals
	tells 'Paul Novak' 'Ana Ruiz' 'Tom Weld'
	grep -q 'Ana Ruiz.* won' out
	grep -q 'Tom Weld.* lost' out
	run ! grep -q 'Ana Ruiz.* lost' out
	run ! grep -q 'Tom Weld.* won' out
	does 2026-10-20 referrals --json
	python3 -m json.tool out >/dev/null
	does 2026-10-20 referrals tom
	tells 'Paul Novak' 'Tom Weld' 'lost'
	run ! grep -q 'Ana Ruiz' out
	on 2026-10-20 check
	has_status 0
	clean
	silent 2026-10-20
}

@test "nobody who has met you three times meets you as a stranger" {
	does 2026-03-05 met --new 'Candace Pruitt' @chamber-mixer pressed a card on me, asked for none
	does 2026-05-07 met candace @chamber-mixer second card, same pitch, no follow-up since March
	tells '2026-03-05' '@chamber-mixer' 'pressed a card'
	does 2026-09-03 met pruitt @library-gala third card\; asked whether we have met
	tells '2026-03-05' '@chamber-mixer' '2026-05-07' '@chamber-mixer'

	# At the fourth she asks again; and it is told before it is written.
	does 2026-10-01 met Candace @chamber-mixer fourth card
	tells '2026-03-05' '@chamber-mixer' '2026-05-07' '@chamber-mixer' '2026-09-03' '@library-gala' 'third card'
	run ! grep -q 'fourth card' out

	does 2026-11-21 met candace @chamber-mixer
	tells '2026-03-05' '@chamber-mixer' 'pressed a card' '2026-05-07' '@chamber-mixer' 'second card' \
		'2026-09-03' '@library-gala' 'third card' '2026-10-01' '@chamber-mixer' 'fourth card'
	does 2026-11-22 brief @chamber-mixer
	tells 'Candace Pruitt'
	does 2026-11-22 show candace
	[ "$(grep -c '@chamber-mixer' book/candace-pruitt.ini)" -eq 4 ]
	[ "$(subjects | wc -l)" -ge 5 ]
	clean
	silent 2026-11-22
}

@test "a whole evening is told in one go" {
	does 2026-10-01 met --new 'Noa Bar' @chamber-mixer saved me a chair
	{
		echo 'noa: again'
		echo "Rita Falk, Sam O'Hara: they bake together, and need a van"
		echo
	} >evening
	KITH_NOW=2026-11-21 kith met --new @chamber-mixer - <evening
	has_status 0
	tells 'Noa Bar' '2026-10-01' '@chamber-mixer' 'saved me a chair'
	grep -qx '2026-11-21 = @chamber-mixer again' book/noa-bar.ini
	grep -qx '2026-11-21 = @chamber-mixer they bake together, and need a van \[\[sam-ohara\]\]' book/rita-falk.ini
	grep -qx '2026-11-21 = @chamber-mixer they bake together, and need a van \[\[rita-falk\]\]' book/sam-ohara.ini
	[ "$(subjects | wc -l)" -eq 3 ]
	does 2026-11-22 event @chamber-mixer
	tells 'Noa Bar'
	does 2026-11-22 event @chamber-mixer
	tells 'Rita Falk'
	clean
}
