# What was, and how old it is: kith show --at, kith show --dates, kith list --stale.
load lib
load git
load terminal

# Paul of 2020, with another phone and job since; Ana came in 2023, Bob went in 2024.
past() {
	repo
	put paul-novak.ini <<-'EOF'
		[contact]
		name = Paul Novak
		uid = 7
		phone.cell = 1
		title = novelist
		tags = writer
		[log]
		2020-01-02 = met: a storm
	EOF
	put work/bob.ini <<<'name = Bob Weld'
	commit_all begin 2020-01-01
	edit paul-novak.ini 's/phone.cell = 1/phone.cell = 2/'
	commit_all phone 2022-03-01
	put ana.ini <<-'EOF'
		name = Ana Ruiz
		email = ana@x.example
	EOF
	commit_all ana 2023-02-01
	git -C "$KITH_BOOK" rm -q work/bob.ini
	commit_all bob 2024-02-01
	put paul-weld.ini < <(sed 's/Novak/Weld/; s/tags = writer/tags = writer, tampa/' \
		"$KITH_BOOK/paul-novak.ini")
	rm "$KITH_BOOK/paul-novak.ini"
	edit paul-weld.ini 's/title = novelist/title = poet/'
	commit_all rename 2026-05-01
}

# edit FILE SED: by hand.
edit() {
	sed -i "$2" "$KITH_BOOK/$1"
}

# short REV: as kith shows a commit.
short() {
	in_book rev-parse --short=7 "$1"
}

# ---- as of a commit

@test "show --at tells what was known then, by commit or date" {
	past
	kith show paul --at 2020-06-01
	expect 0 <<-EOF
		Paul Novak  paul-novak.ini in $(short HEAD~4)
		  last contact  2020-01-02, 6 years ago
		  phone cell    1
		  title         novelist
		  tags          writer

		Log
		  2020-01-02  met    a storm
	EOF
	quiet
	kith show paul --at HEAD~3 -k phone
	expect 0 <<<2
	kith show paul -k phone --at "$(short HEAD~4)"
	expect 0 <<<1
	kith show ana --at '2 years ago' --raw
	expect 0 <<-'EOF'
		name = Ana Ruiz
		email = ana@x.example
	EOF
	kith show ana --at HEAD --json
	expect 0 < <(command kith show ana --json)
	kith show paul --at 2020-06-01 -k org
	expect_nothing 1
}

@test "show --at finds who was removed, moved or called otherwise" {
	past
	kith show bob --at 2023-12-31 -k name
	expect 0 <<<'Bob Weld'
	kith show work/bob.ini --at HEAD~2 -k name
	expect 0 <<<'Bob Weld'
	kith show novak --at 2021-01-01 -k name
	expect 0 <<<'Paul Novak'
	kith show paul-weld --at 2021-01-01 -k name
	expect 0 <<<'Paul Novak'
	mkdir "$KITH_BOOK/home"
	git -C "$KITH_BOOK" mv ana.ini home
	kith show ana --at HEAD -k name
	expect 0 <<<'Ana Ruiz'
	put bob.ini <<-'EOF'
		name = Robert
		alias = ana
		uid = 8
	EOF
	kith show bob --at 2023-12-31 -k name
	expect 0 <<<'Bob Weld'
}

@test "somebody else's file is not taken for theirs" {
	past
	put paul-novak.ini <<-'EOF'
		name = Another Novak
		uid = 8
	EOF
	kith show another --at HEAD~2
	expect_nothing 1
	says "kith show: as of $(short HEAD~2): no contact 'another'"
	kith show paul-novak --at HEAD~2 -k name
	expect 0 <<<'Paul Novak'
}

@test "show --at says what it cannot find" {
	past
	kith show zoe --at HEAD
	expect_err 1 "kith show: as of $(short HEAD): no contact 'zoe'"
	put anabel.ini <<<'name = Anabel'
	commit_all anabel 2026-06-01
	kith show 'ana r' --at 2022-12-31
	expect_err 1 "kith show: as of $(short HEAD~4): no contact 'ana r'"
	kith show ana --at 2022-12-31
	expect_err 1 "kith show: as of $(short HEAD~4): no contact 'ana'"
	kith show storm --at HEAD
	expect_err 1 "kith show: as of $(short HEAD): nobody is called 'storm'"
	kith show paul --at 2019-12-31
	expect_nothing 1
	grep -q 'the first is of 2020-01-01' err
	kith show paul --at no-such-branch
	expect_nothing 1
	kith show --at HEAD
	expect_nothing 2
	kith show paul --at HEAD --dates
	expect_nothing 2
	kith show paul --raw --dates
	expect_nothing 2
}

@test "a damaged version is shown, and it is said" {
	repo
	put ada.ini < <(printf 'name = Ada\nnote = \xe9\n')
	commit_all
	put ada.ini <<<'name = Ada'
	kith show ada --at HEAD -k name
	expect 0 <<<Ada
	grep -q "^ada.ini in $(short HEAD), line 2: " err
}

@test "without a history there is one sentence, and exit 3" {
	put ada.ini <<<'name = Ada'
	export GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR
	for words in 'show ada --at HEAD' 'show ada --dates' 'list --stale 2y' 'restore ada'; do
		# shellcheck disable=SC2086
		kith $words
		expect_nothing 3
		[ "$(wc -l <err)" -eq 1 ]
	done
	git init -q -b main "$KITH_BOOK"
	kith show ada --at HEAD
	expect_err 1 'kith show: there is no commit yet'
	kith list --stale 2y
	expect_err 1 'kith list: there is no commit yet'
	kith show ada --dates
	expect 0 <<-'EOF'
		Ada  ada.ini
		  not committed yet          name  Ada
	EOF
}

# ---- each value's age

@test "show --dates tells when each value was set" {
	past
	echo 'role = host' >>"$KITH_BOOK/ana.ini"
	printf '%s\n' 'phone = 3' '[garden]' 'roses = red' >>"$KITH_BOOK/ana.ini"
	kith show ana --dates
	expect 0 <<-'EOF'
		Ana Ruiz  ana.ini
		  2023-02-01, 3 years ago    name          Ana Ruiz
		  2023-02-01, 3 years ago    email         ana@x.example
		  not committed yet          role          host
		  not committed yet          phone         3
		  not committed yet          garden.roses  red
	EOF
	kith show paul --dates
	expect 0 <<-'EOF'
		Paul Weld  paul-weld.ini
		  2026-05-01, 6 months ago   name        Paul Weld
		  2022-03-01, 4 years ago    phone.cell  2
		  2026-05-01, 6 months ago   title       poet
		  2020-01-01, 6 years ago    tags        writer
		  2026-05-01, 6 months ago   tags        tampa
	EOF
	quiet
}

@test "show --dates -k and --json" {
	past
	kith show paul --dates -k tags
	expect 0 <<-'EOF'
		Paul Weld  paul-weld.ini
		  2020-01-01, 6 years ago    tags  writer
		  2026-05-01, 6 months ago   tags  tampa
	EOF
	kith show paul --dates -k uid
	expect 0 <<-'EOF'
		Paul Weld  paul-weld.ini
		  2020-01-01, 6 years ago    uid  7
	EOF
	kith show paul --dates -k org
	expect_nothing 1
	edit paul-weld.ini 's/title = poet/title = host/'
	kith show paul --dates -k title --json
	expect 0 <<-'EOF'
		{
		  "id": "paul-weld",
		  "path": "paul-weld.ini",
		  "name": "Paul Weld",
		  "values": [
		    {
		      "section": "contact",
		      "key": "title",
		      "value": "host",
		      "set": null
		    }
		  ]
		}
	EOF
	kith show paul --dates -k phone --json
	grep -q '"set": "2022-03-01"$' out
	kith show ana --dates -k email --json
	grep -A 1 '"set": "2023-02-01",' out | grep -q '"first": true'
}

@test "long values go on behind their column" {
	past
	edit ana.ini 's/^email.*/email = a@x\nnote = one two three four five six seven eight nine ten/'
	COLUMNS=70 terminal 'kith show ana --dates -k note' </dev/null
	expect 0 <<-'EOF'
		Ana Ruiz  ana.ini
		  not committed yet          note  one two three four five six seven
		                                   eight nine ten
	EOF
}

# ---- what is old

@test "list --stale tells what is older, oldest first" {
	past
	kith list --stale 2y
	expect 0 <<-'EOF'
		paul-weld  phone.cell  2              2022-03-01
		ana        email       ana@x.example  2023-02-01
	EOF
	quiet
	kith list --stale 46m
	expect 0 <<<'paul-weld  phone.cell  2  2022-03-01'
	kith list --stale 5y
	expect_err 1 'no such value is older than 5y'
	kith list --stale 6m title
	expect 0 <<<'paul-weld  title  poet  2026-05-01'
	kith list --stale 7m title
	expect_nothing 1
}

@test "a key makes the list one of its values" {
	past
	kith list --stale 2y tags
	expect 0 <<<'paul-weld  tags  writer  2020-01-01'
	kith list --stale 2y -k tags
	expect 0 <<<'paul-weld  tags  writer  2020-01-01'
	kith list --stale 2y phone.cell
	expect 0 <<<'paul-weld  phone.cell  2  2022-03-01'
	kith list --stale 2y phone.work
	expect_nothing 1
	kith list phone --stale 2y
	expect 0 <<<'paul-weld  phone.cell  2  2022-03-01'
	echo 'shoe = 44' >>"$KITH_BOOK/ana.ini"
	commit_all shoe 2023-03-01
	kith list --stale 2y -k shoe
	expect 0 <<<'ana  shoe  44  2023-03-01'
}

@test "other words are a query" {
	past
	kith list --stale 2y ruiz
	expect 0 <<<'ana  email  ana@x.example  2023-02-01'
	kith list '#tampa' --stale 2y phone
	expect 0 <<<'paul-weld  phone.cell  2  2022-03-01'
	kith list -writer --stale 2y
	expect 0 <<<'ana  email  ana@x.example  2023-02-01'
	kith list --stale 2y -k name novelist
	expect_err 1 'nobody matches'
	kith list --stale 2y '"email"'
	expect_err 1 'nobody matches'
}

@test "list --stale --json and --count" {
	past
	kith list --stale 2y --json email
	expect 0 <<-'EOF'
		[
		  {
		    "id": "ana",
		    "path": "ana.ini",
		    "section": "contact",
		    "key": "email",
		    "value": "ana@x.example",
		    "set": "2023-02-01",
		    "first": true
		  }
		]
	EOF
	kith list --stale 5y --json
	expect 1 <<<'[]'
	kith list --stale 2y --count
	expect 0 <<<2
	kith list --stale 5y --count
	expect 1 <<<0
}

@test "a value that was changed or is new is not stale, one that was put back is" {
	repo
	put ada.ini <<-'EOF'
		name = Ada
		phone = 1
		phone = 2
		title = countess
	EOF
	put gone.ini <<<'phone = 9'
	commit_all begin 2020-01-01
	edit ada.ini '/phone = 2/d'
	commit_all mistake 2026-01-01
	edit ada.ini 's/phone = 1/phone = 2\nphone = 3/; s/title = .*/title = baroness/'
	rm "$KITH_BOOK/gone.ini"
	put new.ini <<<'phone = 4'
	kith list --stale 2y
	expect 0 <<<'ada  phone  2  2020-01-01'
}

@test "what --stale cannot go with is said" {
	past
	for option in '--columns id' '--format {id}' '--sort last' -0; do
		# shellcheck disable=SC2086
		kith list --stale 2y $option
		expect_nothing 2
		grep -q -- '--stale lists values, oldest first; it takes no --' err
	done
	kith list --stale soon
	expect_nothing 2
	grep -q "'soon' is no period" err
	kith list -k phone
	expect_nothing 2
	kith list --stale 9y
	expect_nothing 1
	grep -q 'the first is of 2020-01-01' err
}

@test "list --stale tells of damaged files, and goes on" {
	past
	put broken.ini < <(printf '\0')
	kith list --stale 2y phone
	expect 0 <<<'paul-weld  phone.cell  2  2022-03-01'
	grep -q broken.ini err
}
