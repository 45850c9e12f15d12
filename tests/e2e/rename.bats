# kith rename: another name, id or folder; everybody who refers follows.
load lib

# Ana, and everything that can refer to her.
people() {
	put ana-ruiz.ini <<-'EOF'
		name = Ana Ruiz
		[log]
		2026-01-01 = [[ana-ruiz]] herself
	EOF
	put paul.ini <<-'EOF'
		# knows everybody
		via : ana-ruiz
		knows.sister = zoe,  ana-ruiz
		alias = ana-ruiz-friend
		note = [[ana-ruiz]] and [[ana-ruiz-2]], not ana-ruiz
		    and [[ana-ruiz]]
		own = [[ana-ruiz]]; ana-ruiz
		[log]
		2026-01-01 = call: [[zoe]], [[ana-ruiz]]
		[todo]
		2026-12-01 = ask [[ana-ruiz]]
	EOF
	put zoe.ini <<<$'name = Zoe\nvia = Ana Ruiz'
}

@test "a new name: file, id and every reference follow, the old id is an alias" {
	people
	kith rename ana-ruiz Ana Weld
	expect 0 <<<ana-weld
	says "ana-ruiz.ini is now ana-weld.ini
ana-weld: its reference follows
paul: its reference follows"
	gone ana-ruiz.ini
	holds ana-weld.ini <<-'EOF'
		name = Ana Weld
		alias = ana-ruiz
		[log]
		2026-01-01 = [[ana-weld]] herself
	EOF
	holds paul.ini <<-'EOF'
		# knows everybody
		via : ana-weld
		knows.sister = zoe,  ana-weld
		alias = ana-ruiz-friend
		note = [[ana-weld]] and [[ana-ruiz-2]], not ana-ruiz
		    and [[ana-weld]]
		own = [[ana-weld]]; ana-ruiz
		[log]
		2026-01-01 = call: [[zoe]], [[ana-weld]]
		[todo]
		2026-12-01 = ask [[ana-weld]]
	EOF
	holds zoe.ini <<<$'name = Zoe\nvia = Ana Ruiz'
	kith show ana-ruiz -k name
	expect 0 <<<'Ana Weld'
}

@test "an id: the name stays" {
	put ana-ruiz.ini <<<'name = Ana Ruiz'
	kith mv ana-ruiz ana
	expect 0 <<<ana
	holds ana.ini <<<$'name = Ana Ruiz\nalias = ana-ruiz'
}

@test "a folder: the id stays, nothing else changes" {
	people
	mkdir book/work
	cp book/ana-ruiz.ini before
	kith rename ana-ruiz work/
	expect 0 <<<ana-ruiz
	says "ana-ruiz.ini is now work/ana-ruiz.ini"
	holds work/ana-ruiz.ini <before
	kith rename ana-ruiz ./
	says "work/ana-ruiz.ini is now ana-ruiz.ini"
	kith rename ana-ruiz work/ana.ini
	expect 0 <<<ana
	[ -f book/work/ana.ini ]
	kith rename ana Ana Weld
	[ -f book/work/ana-weld.ini ]
}

@test "a name of the same id only changes the name" {
	put ana-ruiz.ini <<<'name = ana ruiz'
	kith rename ana-ruiz Ana Ruíz
	expect 0 <<<ana-ruiz
	says "ana-ruiz: name"
	holds ana-ruiz.ini <<<'name = Ana Ruíz'
	kith rename ana-ruiz ana-ruiz
	says "ana-ruiz: nothing to change"
}

@test "a name whose id is taken gets the next; an id that is taken is refused" {
	put ana.ini <<<'name = Ana'
	put work/zoe.ini <<<'name = Zoe'
	kith rename ana zoe
	expect_err 3 "kith rename: the id 'zoe' is taken by work/zoe.ini"
	kith rename ana work/zoe
	expect_err 3 "kith rename: the id 'zoe' is taken by work/zoe.ini"
	holds ana.ini <<<'name = Ana'
	kith rename ana Zoe
	expect 0 <<<zoe-2
	holds zoe-2.ini <<<$'name = Zoe\nalias = ana'
}

@test "an id that is somebody's alias is taken; one's own alias may be taken back" {
	put ana-ruiz.ini <<<'name = Ana Ruiz'
	put tim-tam.ini <<<'name = Tim Tam'
	put zoe.ini <<<$'name = Zoe\nvia = ana-ruiz'
	kith rename ana-ruiz ana-lopez
	kith rename tim-tam ana-ruiz
	expect_err 3 "kith rename: the alias 'ana-ruiz' is taken by ana-lopez.ini"
	kith rename tim-tam Ana-Ruiz
	expect 0 <<<ana-ruiz-2
	kith rename ana-lopez Ana Ruiz
	expect 0 <<<ana-ruiz
	holds zoe.ini <<<$'name = Zoe\nvia = ana-ruiz'
}

@test "references stay when another contact has the old id too" {
	put w/p.ini <<<'name = One'
	put f/p.ini <<<'name = Two'
	put zoe.ini <<<$'name = Zoe\nvia = p'
	kith rename w/p.ini p-one
	expect 0 <<<p-one
	says "w/p.ini is now w/p-one.ini
kith rename: references to 'p' stay, as f/p.ini has that id too"
	holds w/p-one.ini <<<'name = One'
	holds zoe.ini <<<$'name = Zoe\nvia = p'
	mkdir book/x
	kith rename f/p.ini x/
	expect 0 <<<p
}

@test "the settings follow" {
	put .kith/config <<<$'# mine\n[book]\n me : ana ; not a comment\nme = Ana\n[every]\nana = 2w'
	put ana.ini <<<'name = Ana'
	kith rename ana Ana Weld
	expect 0 <<<ana-weld
	says "ana.ini is now ana-weld.ini
.kith/config: 'me' follows"
	holds .kith/config <<<$'# mine\n[book]\n me : ana ; not a comment\nme = ana-weld\n[every]\nana = 2w'
}

@test "it never leaves the book" {
	put ana.ini <<<'name = Ana'
	mkdir outside
	ln -s ../outside book/link
	for new in ../x /tmp/ "$PWD/outside/" link/ outside/ ../outside/; do
		kith rename ana "$new"
		[ "$status" -ne 0 ]
		expect_nothing "$status"
		holds ana.ini <<<'name = Ana'
	done
	[ -z "$(ls outside)" ]
	kith rename ana ../
	[ "$status" -ne 0 ]
	kith rename ana .hidden
	expect 0 <<<hidden
}

@test "wrong usage" {
	put ana.ini <<<'name = Ana'
	kith rename
	expect_err 2 "kith rename: who is meant?
usage: kith rename NAME NEW   (kith help rename)"
	kith rename ana
	expect_err 2 "kith rename: what is the new name?
usage: kith rename NAME NEW   (kith help rename)"
	kith rename ana ''
	expect_err 2 "kith rename: what is the new name?
usage: kith rename NAME NEW   (kith help rename)"
	kith rename ana $'Zo\ne'
	expect_err 2 "book/ana.ini: 'name' takes one line"
	kith rename nobody x
	expect_err 1 "kith rename: no contact 'nobody'"
	holds ana.ini <<<'name = Ana'
}

@test "dots are no name" {
	put ada.ini <<<'name = Ada'
	kith rename ada ..
	expect_nothing 2
	holds ada.ini <<<'name = Ada'
}
