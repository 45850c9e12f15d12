# kith init: a folder becomes a book.
load lib

@test "init makes the folder and settings in which nothing is wrong" {
	kith init "$PWD/new"
	expect_err 0 "made a book in $PWD/new; 'kith --book $PWD/new new NAME' adds somebody"
	[ "$(stat -c %a new new/.kith new/.kith/config)" = $'700\n700\n600' ]
	kith check --book new
	expect_err 0 "0 contacts, nothing to report"
}

@test "without a folder: --book, else KITH_BOOK, else ~/contacts" {
	kith init --book first
	expect_nothing 0
	[ -f first/.kith/config ]
	KITH_BOOK=$PWD/second kith init
	expect_nothing 0
	[ -f second/.kith/config ]
	unset KITH_BOOK
	kith init
	expect_nothing 0
	[ -f home/contacts/.kith/config ]
}

@test "files that are there already stay, and are the book" {
	put ana.ini <<<'name = Ana'
	kith init
	expect_nothing 0
	holds ana.ini <<<'name = Ana'
	kith list
	expect 0 <<<'ana  Ana'
}

@test "a second init changes nothing" {
	kith init
	echo '# mine' >>"$KITH_BOOK/.kith/config"
	cp "$KITH_BOOK/.kith/config" before
	kith init
	expect_err 3 "kith init: there is a book at $KITH_BOOK already"
	holds .kith/config <before
}

@test "what cannot become a book is refused" {
	kith init up/there
	expect_err 1 "kith init: no folder up"
	touch file
	kith init file
	expect_err 3 "kith init: 'file' is there already and is no folder"
	kith init ''
	expect_nothing 3
	kith init a b
	expect_err 2 "kith init: one folder at a time
usage: kith init [DIR]   (kith help init)"
}

@test "a book is found from within its folders, and --book wins over KITH_BOOK" {
	put ana.ini <<<'name = Ana'
	kith init here
	echo 'name = Zoe' >here/zoe.ini
	mkdir here/work
	kith list --book here
	expect 0 <<<'zoe  Zoe'
	kith list
	expect 0 <<<'ana  Ana'
	unset KITH_BOOK
	cd here/work
	kith list
	expect 0 <<<'zoe  Zoe'
}

@test "the user's settings name a book" {
	unset KITH_BOOK
	kith init mine
	echo 'name = Zoe' >mine/zoe.ini
	mkdir -p home/.config/kith
	echo "book = $PWD/mine" >home/.config/kith/config
	kith list
	expect 0 <<<'zoe  Zoe'
}

@test "where no book is, it says how to get one" {
	KITH_BOOK=$PWD/none kith list
	expect_err 3 "kith list: no book at $PWD/none; make one with 'kith init', or name another with --book DIR or KITH_BOOK"
}
