# kith diff: what the files have that a commit has not, by field.
load lib
load terminal

# The book is a repository with two people in it, a commit of 2026-10-01.
start() {
	git init -q -b main "$KITH_BOOK"
	put paul-novak.ini <<-'EOF'
		# writes horror
		[contact]
		name = Paul Novak
		email.work = p.novak@old.example
		phone = 1
		phone = 2
		tags = writer, tampa
		uid = 7

		[log]
		2026-09-14 = @dunkin-main met: a storm
	EOF
	put work/ada.ini <<-'EOF'
		name = Ada
		title = countess
	EOF
	save 2026-10-01
}

# save DAY [MESSAGE]: commit all there is, on that day.
save() {
	GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" \
		git -C "$KITH_BOOK" -c user.name=Me -c user.email=me@x.example add -A
	GIT_AUTHOR_DATE="$1T12:00:00Z" GIT_COMMITTER_DATE="$1T12:00:00Z" \
		git -C "$KITH_BOOK" -c user.name=Me -c user.email=me@x.example commit -q -m "${2:-edit}"
}

# change FILE SED: by hand.
change() {
	sed -i "$2" "$KITH_BOOK/$1"
}

@test "nothing differs" {
	start
	kith diff
	expect_nothing 0
	quiet
	kith diff paul
	expect_nothing 0
	kith diff --json
	expect 0 <<<'[]'
}

@test "each field is told once, as old and new, added and removed" {
	start
	put paul-novak.ini <<-'EOF'
		[contact]
		name = Paul Novak
		title = novelist
		email.work = p.novak@new.example
		phone = 2
		phone = 3
		tags = tampa, writer, #1
		[log]
		2026-09-14 = @dunkin-main met: a storm, and a website
		2026-11-18 = got: two cards -> [[ada]]
		[todo]
		2026-12-05 = they: the dates
		[garden]
		roses = red
	EOF
	kith diff
	expect 1 <<-'EOF'
		paul-novak
		  title            + novelist
		  email.work       p.novak@old.example -> p.novak@new.example
		  phone            1 -> 3
		  tags             + #1
		  uid              - 7
		  log 2026-09-14   - @dunkin-main met: a storm
		                   + @dunkin-main met: a storm, and a website
		  log 2026-11-18   + got: two cards -> [[ada]]
		  todo 2026-12-05  + they: the dates
		  garden.roses     + red
	EOF
	quiet
}

@test "of a value of several lines the lines that differ are told" {
	start
	put note.ini < <(printf 'note = one\n  two\n  three\n  four\n')
	save 2026-10-02
	put note.ini < <(printf 'note = one\n  two and a half\n  three\n  four\n')
	kith diff note
	expect 1 <<-'EOF'
		note
		  note  ...
		        - two
		        + two and a half
		        ...
	EOF
	put note.ini < <(printf 'note = one\n  two\n  three\n\n  four\n')
	kith diff note
	expect 1 < <(printf '%s\n' note '  note  ...' '        +' '        ...')
	put note.ini < <(printf 'note =\nnick =\n')
	kith diff note
	expect 1 <<-'EOF'
		note
		  note  - one
		        - two
		        - three
		        - four
		        + (empty)
		  nick  + (empty)
	EOF
}

@test "order, spacing and comments are no change of a field" {
	start
	put paul-novak.ini <<-'EOF'
		[Contact]
		Name: Paul Novak
		tags = tampa
		tags = writer
		phone   = 2
		phone   = 1
		email.work=p.novak@old.example
		uid = 7
		[LOG]
		2026-09-14 = @dunkin-main met: a storm
	EOF
	kith diff
	expect 1 <<-'EOF'
		paul-novak
		  only comments, spacing or order
	EOF
}

@test "contacts come, go and get another name" {
	start
	put new.ini <<<'name = New'
	rm "$KITH_BOOK/work/ada.ini"
	mv "$KITH_BOOK/paul-novak.ini" "$KITH_BOOK/work/paul-king.ini"
	change work/paul-king.ini 's/Paul Novak/Paul King/'
	kith diff
	expect 1 <<-'EOF'
		new  new
		  name  + New

		ada  removed
		  name   - Ada
		  title  - countess

		paul-king  renamed from paul-novak
		  name  Paul Novak -> Paul King
	EOF
	kith diff paul-king
	has_status 1
	[ "$(head -n 1 out)" = 'paul-king  renamed from paul-novak' ]
	[ "$(wc -l <out)" -eq 2 ]
	kith diff paul-novak
	[ "$(head -n 1 out)" = 'paul-king  renamed from paul-novak' ]
}

@test "a contact that is moved, or has its old id as an alias, is the same one" {
	start
	mv "$KITH_BOOK/work/ada.ini" "$KITH_BOOK/ada.ini"
	kith diff
	expect 1 <<<'ada  moved from work/ada.ini'
	mv "$KITH_BOOK/ada.ini" "$KITH_BOOK/countess.ini"
	printf 'alias = ada\n' >>"$KITH_BOOK/countess.ini"
	kith diff
	expect 1 <<-'EOF'
		countess  renamed from ada
		  alias  + ada
	EOF
	kith diff --json
	expect 1 <<-'EOF'
		[
		  {
		    "id": "countess",
		    "path": "countess.ini",
		    "was": "work/ada.ini",
		    "kind": "renamed",
		    "changes": [
		      {
		        "section": "contact",
		        "key": "alias",
		        "kind": "added",
		        "after": "ada"
		      }
		    ]
		  }
		]
	EOF
}

@test "two people with a uid each are two, whatever they are called" {
	start
	mkdir "$KITH_BOOK/old"
	sed 's/uid = 7/uid = 8/' "$KITH_BOOK/paul-novak.ini" >"$KITH_BOOK/old/paul-novak.ini"
	rm "$KITH_BOOK/paul-novak.ini"
	kith diff
	has_status 1
	[ "$(grep -E '^[a-z]' out)" = $'paul-novak  new\npaul-novak  removed' ]
}

@test "a removed contact goes by the id or path of then" {
	start
	put work/ada-king.ini <<<'name = Ada King'
	save 2026-10-02
	rm "$KITH_BOOK/work/ada.ini"
	for name in ada ADA work/ada.ini; do
		kith diff "$name"
		expect 1 <<-'EOF'
			ada  removed
			  name   - Ada
			  title  - countess
		EOF
	done
	save 2026-10-03
	kith diff ada
	expect_nothing 0
	kith diff ada HEAD~1
	[ "$(head -n 1 out)" = 'ada  removed' ]
}

@test "a removed contact goes by the other names of then too" {
	start
	put work/eve.ini <<<$'name = Eve Weld\nemail = eve@ok.example\nalias = evie'
	put work/eva.ini <<<'name = Eva Weld'
	save 2026-10-02
	rm "$KITH_BOOK"/work/ev?.ini
	for name in 'Eve Weld' evie eve@ok.example 'weld eve'; do
		kith diff "$name"
		expect 1 <<-'EOF'
			eve  removed
			  name   - Eve Weld
			  email  - eve@ok.example
			  alias  - evie
		EOF
	done
	kith diff Weld
	expect_nothing 1
	grep -q 'eva, eve' err
	save 2026-10-03
	put weld.ini <<<'name = Weld'
	kith diff evie HEAD~1
	[ "$(head -n 1 out)" = 'eve  removed' ]
	kith diff weld HEAD~1
	[ "$(head -n 1 out)" = 'weld  new' ]
	kith diff evie HEAD
	expect_nothing 1
}

@test "a day before the first commit is no name" {
	start
	kith diff 2020-01-01
	expect_err 1 "kith diff: there is no commit of '2020-01-01' or before; the first is of \
2026-10-01"
	kith diff nobody
	expect_err 1 "kith diff: 'nobody' is nobody's name, and no commit"
}

@test "since a commit, a tag, a day" {
	start
	git -C "$KITH_BOOK" tag begin
	change work/ada.ini 's/countess/mathematician/'
	put new.ini <<<'name = New'
	save 2026-10-10
	change paul-novak.ini 's/old.example/new.example/'
	save 2026-10-20
	change work/ada.ini '$a org = Engine'
	for rev in begin HEAD~2 2026-10-01 2026-10-09 "7 weeks ago"; do
		kith diff "$rev"
		expect 1 <<-'EOF'
			new  new
			  name  + New

			paul-novak
			  email.work  p.novak@old.example -> p.novak@new.example

			ada
			  title  countess -> mathematician
			  org    + Engine
		EOF
	done
	kith diff ada 2026-10-10
	expect 1 <<-'EOF'
		ada
		  org  + Engine
	EOF
	kith diff paul begin
	expect 1 <<-'EOF'
		paul-novak
		  email.work  p.novak@old.example -> p.novak@new.example
	EOF
	kith diff new HEAD
	expect_nothing 0
}

@test "what was changed and changed back is no difference" {
	start
	change work/ada.ini 's/countess/x/'
	save 2026-10-10
	change work/ada.ini 's/x/countess/'
	kith diff HEAD~1
	expect_nothing 0
	kith diff
	has_status 1
}

@test "a single word is a name first, then a commit, and never a word out of a note" {
	start
	put headley.ini <<<'name = Main Headley'
	put work/ada.ini <<<'note = HEAD~1 since 2026-10-01'
	save 2026-10-10
	change headley.ini 's/Main/Maine/'
	kith diff main
	[ "$(head -n 1 out)" = headley ]
	kith diff HEAD~1
	[ "$(grep -c '^[a-z]' out)" -eq 2 ]
	kith diff 2026-10-01
	[ "$(grep -c '^[a-z]' out)" -eq 2 ]
	kith diff nobody
	has_status 1
	grep -F "'nobody'" err
	kith diff paul nosuch
	has_status 1
	[ ! -s out ] && [ -s err ]
}

@test "the settings of the book are told too, but are nobody" {
	start
	put .kith/config < <(printf '[book]\nme = ada\n')
	save 2026-10-10
	change .kith/config 's/ada/paul-novak/'
	kith diff
	expect 1 <<-'EOF'
		.kith/config
		  book.me  ada -> paul-novak
	EOF
	kith diff HEAD~1 --json
	expect 1 <<-'EOF'
		[
		  {
		    "id": null,
		    "path": ".kith/config",
		    "kind": "added",
		    "changes": [
		      {
		        "section": "book",
		        "key": "me",
		        "kind": "added",
		        "after": "paul-novak"
		      }
		    ]
		  }
		]
	EOF
	rm "$KITH_BOOK/.kith/config"
	kith diff HEAD
	[ "$(head -n 1 out)" = '.kith/config  removed' ]
}

@test "a book without a commit has everybody as new; without a repository it says so" {
	put ada.ini <<<'name = Ada'
	kith diff
	has_status 3
	[ ! -s out ] && [ -s err ]
	git init -q "$KITH_BOOK"
	kith diff
	expect 1 <<-'EOF'
		ada  new
		  name  + Ada
	EOF
	kith diff ada
	has_status 1
	kith diff ada HEAD
	has_status 1
	[ ! -s out ] && [ -s err ]
}

@test "files that are no text, or have a conflict in them, say so" {
	start
	put work/ada.ini < <(printf '\377\376n\0')
	put paul-novak.ini <<-'EOF'
		<<<<<<< ours
		name = Paul
		=======
		name = Paul N.
		>>>>>>> theirs
	EOF
	kith diff
	has_status 1
	[ "$(head -n 2 out)" = $'paul-novak\n  a conflict in it is not resolved' ]
	[ "$(tail -n 2 out)" = $'ada\n  not text: what differs cannot be told' ]
	kith diff ada --json
	expect 1 <<-'EOF'
		[
		  {
		    "id": "ada",
		    "path": "work/ada.ini",
		    "kind": "changed",
		    "changes": []
		  }
		]
	EOF
}

@test "a file that cannot be read does not hide the others" {
	start
	change paul-novak.ini 's/^phone = 1$//'
	rm "$KITH_BOOK/work/ada.ini"
	ln -s /etc/hostname "$KITH_BOOK/work/ada.ini"
	kith diff
	[ "$(head -n 2 out)" = $'paul-novak\n  phone  - 1' ]
	[ "$status" -ne 0 ]
}

@test "control characters are shown, and colours only where they are wanted" {
	start
	change work/ada.ini "s/countess/\x1b[31mred/"
	kith diff ada
	expect 1 <<-'EOF'
		ada
		  title  countess -> \x1b[31mred
	EOF
	change work/ada.ini '/title/d'
	kith diff ada --color always
	expect 1 < <(printf '%b\n' '\e[1mada\e[0m' '  \e[36mtitle\e[0m  \e[31m- countess\e[0m')
}

@test "long values are broken between words on a terminal, and stand one below the other" {
	start
	change work/ada.ini 's/countess/mathematician and the first programmer/'
	COLUMNS=40 terminal 'kith diff --color never' </dev/null
	expect 1 <<-'EOF'
		ada
		  title  - countess
		         + mathematician and the first
		           programmer
	EOF
	kith diff
	expect 1 <<-'EOF'
		ada
		  title  countess -> mathematician and the first programmer
	EOF
	printf 'a-key-that-is-longer-than-all-others = 1\n' >>"$KITH_BOOK/work/ada.ini"
	kith diff
	[ "$(tail -n 1 out)" = '  a-key-that-is-longer-than-all-others  + 1' ]
	[ "$(sed -n 2p out)" = '  title                     countess -> mathematician and the first programmer' ]
	change work/ada.ini 's/first/very first/'
	kith diff
	[ "$(sed -n 2p out)" = '  title                     - countess' ]
	[ "$(sed -n 3p out)" = '                            + mathematician and the very first programmer' ]
}

@test "--textconv needs no book, and leaves what is no contact as it is" {
	rmdir "$KITH_BOOK"
	printf '\xef\xbb\xbf[contact]\r\n  name=Ada\r\n\r\n\r\n# c\r\n[log]\r\n2026-01-01=x' >some.txt
	kith diff --textconv some.txt
	expect 0 <<-'EOF'
		[contact]
		name = Ada

		# c
		[log]
		2026-01-01 = x
	EOF
	printf 'name  = \377\000x' >binary
	kith diff --textconv binary
	has_status 0
	cmp out binary
	kith diff --textconv nowhere
	expect_err 3 'kith diff: cannot open nowhere: No such file or directory'
	kith diff --textconv binary paul
	has_status 2
}

@test "git diff shows contacts by it" {
	start
	git -C "$KITH_BOOK" config diff.kith.textconv 'kith diff --textconv'
	printf '*.ini diff=kith\n' >"$KITH_BOOK/.git/info/attributes"
	change work/ada.ini 's/ = /=/'
	git -C "$KITH_BOOK" diff >out
	[ ! -s out ] || ! grep -q '^[-+][^-+]' out
	change work/ada.ini 's/countess/x/'
	git -C "$KITH_BOOK" diff >out
	[ "$(grep '^[-+][^-+]' out)" = $'-title = countess\n+title = x' ]
}

@test "wrong usage" {
	start
	kith diff a b c
	has_status 2
	kith diff --cached
	has_status 2
}
