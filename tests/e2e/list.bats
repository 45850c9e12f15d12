# kith list: who matches, in which order, in which form.
load lib
load terminal

# Five people; Ana and Paul are writers, Paul was met last.
people() {
	put paul-novak.ini <<-'EOF'
		[contact]
		name = Paul Novak
		email = paul@novak.example
		phone.cell = 1
		phone.pref = 2
		tags = writer, tampa
		[log]
		2026-10-19 = @dunkin-main got: two cards
	EOF
	put work/ana.ini <<-'EOF'
		[contact]
		name = Ana Ruiz
		tags = writer
		[log]
		2026-09-01 = call: about a lighthouse
		2026-11-01 = note: paul says hello
	EOF
	put li-lei.ini <<-'EOF'
		name = 李雷
		email = lilei@x
	EOF
	put noa.ini <<-'EOF'
		name = נועה
		email = noa@x
	EOF
	put zoe.ini < <(printf 'name = Zoe\xcc\x88\nemail = zoe@x\n')
}

@test "columns are aligned by what the eye sees" {
	people
	kith list
	expect 0 < <(printf '%s\n' \
		'ana         Ana Ruiz                           2026-09-01' \
		'paul-novak  Paul Novak  paul@novak.example  2  2026-10-19' \
		$'zoe         Zoe\xcc\x88         zoe@x' \
		'noa         נועה        noa@x' \
		'li-lei      李雷        lilei@x')
	quiet
}

@test "ls and find are list" {
	put ada.ini <<<'name = Ada'
	kith ls
	expect 0 <<<'ada  Ada'
	kith find ad
	expect 0 <<<'ada  Ada'
}

@test "--columns names others: any key, a label, all values" {
	people
	kith list --columns id,tags,phone.cell,'phone*',path paul
	expect 0 <<-'EOF'
		paul-novak  writer, tampa  1  1, 2  paul-novak.ini
		ana         writer                  work/ana.ini
	EOF
	kith list -c last,file ana
	expect 0 <<<'2026-09-01  book/work/ana.ini'
	cd book/work
	kith list -c file ana
	expect 0 <<<"$KITH_BOOK/work/ana.ini"
	kith list -c ,
	expect_err 2 "kith list: --columns names no column
usage: kith list [QUERY]   (kith help list)"
}

@test "--format makes a line each, with escapes" {
	people
	kith list '#writer' --format '{id}\t{name}: {email}\\ \{x} {none}.\n'
	expect 0 < <(printf '%s\n' $'paul-novak\tPaul Novak: paul@novak.example\\ {x} .' '' \
		$'ana\tAna Ruiz: \\ {x} .' '')
	kith list -f '{id}\0' zoe
	expect 0 < <(printf 'zoe\0\n')
	kith list -f '{id' zoe
	expect 0 <<<'{id'
}

@test "-0 ends each with a NUL byte" {
	people
	kith list -0 '#writer'
	expect 0 < <(printf '%s\0' paul-novak ana)
	kith list -0 --format '{name}' '#writer'
	expect 0 < <(printf '%s\0' 'Paul Novak' 'Ana Ruiz')
}

@test "--sort orders by any key, -KEY turns it round" {
	people
	kith list --sort name -c id
	expect 0 < <(printf '%s\n' ana paul-novak zoe noa li-lei)
	kith list --sort id -c id
	expect 0 < <(printf '%s\n' ana li-lei noa paul-novak zoe)
	kith list --sort -last '#writer' -c id,last
	expect 0 < <(printf '%s\n' 'paul-novak  2026-10-19' 'ana         2026-09-01')
	kith list --sort last '#writer' -c id
	expect 0 < <(printf '%s\n' ana paul-novak)
	kith list --sort=-email email: -c email
	expect 0 < <(printf '%s\n' zoe@x paul@novak.example noa@x lilei@x)
}

@test "--count says how many" {
	people
	kith list --count
	expect 0 <<<5
	kith list --count '#writer'
	expect 0 <<<2
	kith list --count nobody-like-this
	expect 1 <<<0
	says "nobody matches"
}

@test "the best match comes first: name, then nick and e-mail, then the rest" {
	put a.ini <<<$'name = A\nnote = mira'
	put b.ini <<<$'name = B\nemail = mira@x'
	put c.ini <<<$'name = Mira'
	put d.ini <<<$'name = D\nnick = Mira'
	kith list mira -c id
	expect 0 < <(printf '%s\n' c b d a)
}

@test "among equals who was met last comes first; a note is no encounter" {
	put a.ini <<<$'name = Mira A\n[log]\n2026-01-01 = call: x\n2026-11-01 = note: y'
	put b.ini <<<$'name = Mira B\n[log]\n2026-02-01 = call: x'
	put c.ini <<<$'name = Mira C'
	kith list mira -c id,last
	expect 0 < <(printf '%s\n' 'b  2026-02-01' 'a  2026-01-01' c)
	kith list -c id
	expect 0 < <(printf '%s\n' a b c)
}

@test "a query: terms, not, OR, parentheses, dates, phones" {
	people
	while IFS=: read -r want query; do
		kith list -c id "$query"
		expect 0 < <(tr ' ' '\n' <<<"$want")
	done <<-'EOF'
		zoe:ZOË
		paul-novak:#writer #tampa
		ana:#writer -#tampa
		ana:#writer -tampa
		paul-novak:@dunkin-main
		noa:email=noa@x
		paul-novak ana zoe noa li-lei:-nobody
		zoe noa:noa OR zoe
		ana noa:(noa OR ruiz) -zoe
		paul-novak:since:2026-10-01
		ana:before:-6w
		ana:log:lighthouse
		paul-novak:phone:2
		ana:"a lighthouse"
		ana:path:work
		li-lei:雷
	EOF
	kith list -tampa writer -c id
	expect 0 <<<ana
}

@test "a query that makes no sense is wrong usage" {
	put ada.ini <<<'name = Ada'
	kith list '(ada'
	expect_err 2 "kith list: query, column 1: the parenthesis that opens here is never closed
usage: kith list [QUERY]   (kith help list)"
	kith list ada '(ben'
	head -n 1 err | grep -q '^kith list: query, column 5: '
	for query in '"ada' 'ada OR' OR 'since:never' ')'; do
		kith list "$query"
		expect_nothing 2
	done
}

@test "nobody is exit status 1" {
	kith list
	expect_err 1 "the book is empty; 'kith new NAME' adds somebody"
	put ada.ini <<<'name = Ada'
	kith list zoe
	expect_err 1 "nobody matches"
	kith list -q zoe
	expect_nothing 1
	quiet
}

@test "--json is an array, also of nobody" {
	people
	kith list --json paul
	expect 0 <<-'EOF'
		[
		  {
		    "id": "paul-novak",
		    "path": "paul-novak.ini",
		    "name": "Paul Novak",
		    "email": [
		      {
		        "value": "paul@novak.example"
		      }
		    ],
		    "phone": [
		      {
		        "value": "1",
		        "label": "cell"
		      },
		      {
		        "value": "2",
		        "label": "pref"
		      }
		    ],
		    "last": "2026-10-19"
		  },
		  {
		    "id": "ana",
		    "path": "work/ana.ini",
		    "name": "Ana Ruiz",
		    "last": "2026-09-01"
		  }
		]
	EOF
	kith list --json nobody-like-this
	expect 1 <<<'[]'
}

@test "on a terminal there is a heading, and a row fits" {
	local zoe=$'Zoe\xcc\x88'
	people
	COLUMNS=60 terminal 'kith list' </dev/null
	expect 0 <<-EOF
		id          name        email              phone  last
		ana         Ana Ruiz                              2026-09-01
		paul-novak  Paul Novak  paul@novak.examp…  2      2026-10-19
		zoe         $zoe         zoe@x
		noa         נועה        noa@x
		li-lei      李雷        lilei@x
	EOF
	for width in 20 30 50 60 70; do
		COLUMNS=$width terminal 'kith list -c id,name,email,phone,last' </dev/null
		[ "$(LC_ALL=C.UTF-8 wc -L <out)" -le "$width" ]
	done
}

@test "on a narrow terminal the columns that nobody chose give way, the chosen ones are cut" {
	local zoe=$'Zoe\xcc\x88'
	people
	COLUMNS=40 terminal 'kith list zoe' </dev/null
	has_status 0
	[ "$(head -n 1 out)" = 'id   name  email  phone  last' ]
	COLUMNS=40 terminal 'kith list' </dev/null
	expect 0 <<-EOF
		id          name        email
		ana         Ana Ruiz
		paul-novak  Paul Novak  paul@novak.exam…
		zoe         $zoe         zoe@x
		noa         נועה        noa@x
		li-lei      李雷        lilei@x
	EOF
	COLUMNS=20 terminal 'kith list -c id,name,last paul' </dev/null
	expect 0 <<-'EOF'
		id     name   last
		paul…  Paul…  2026…
		ana    Ana …  2026…
	EOF
}

@test "in forty columns who it is can be read, however long the rest" {
	put maximilian-a.ini <<<$'name = Maximilian A\nemail = maximilian.adelbert@long-name.example\nphone = +1 813 555 0142'
	COLUMNS=40 terminal 'kith list' </dev/null
	expect 0 <<-'EOF'
		id            name
		maximilian-a  Maximilian A
	EOF
}

@test "a '-' with a letter of ours is an option, all else behind it a term" {
	put ada.ini <<<'name = Ada'
	put cy.ini <<<'name = Cy'
	kith list -c id -cy
	expect 0 <<<ada
	kith list -c id -ada
	expect 0 <<<cy
	kith list -c id -x
	expect 0 <<<$'ada\ncy'
	kith list -s id -- -c
	expect 0 <<<'ada  Ada'
}

@test "no heading and no colour elsewhere; --color has the last word" {
	put ada.ini <<<'name = Ada'
	TERM=xterm kith list
	expect 0 <<<'ada  Ada'
	kith list --color=always
	expect 0 <<<'ada  Ada'
	put zoe.ini <<<'note = red'
	TERM=xterm terminal 'kith list ada' </dev/null
	expect 0 < <(printf '\033[2mid   name  email  phone  last\033[0m\nada  Ada\n')
	NO_COLOR=1 TERM=xterm terminal 'kith list ada' </dev/null
	expect 0 < <(printf 'id   name  email  phone  last\nada  Ada\n')
	TERM=xterm terminal 'kith list --color=never ada' </dev/null
	expect 0 < <(printf 'id   name  email  phone  last\nada  Ada\n')
	kith list --color=red
	expect_err 2 "kith list: --color is auto, always or never"
}

@test "a control character in a file reaches no terminal and no line of its own" {
	put ada.ini < <(printf 'name = A\033]0;x\007da\nnote = a\n  b\tc\n')
	kith list -c name,note
	expect 0 <<<'A\x1b]0;x\x07da  a b c'
	kith list -f '{name}'
	expect 0 <<<$'A\e]0;x\ada'
	terminal "kith list -f '{name}'" </dev/null
	expect 0 <<<'A\x1b]0;x\x07da'
}

@test "long output on a terminal goes through the pager" {
	put ada.ini <<<'name = Ada'
	terminal 'KITH_PAGER="sed s/^/paged:/" kith list ada' </dev/null
	expect 0 <<<$'paged:id   name  email  phone  last\npaged:ada  Ada'
	terminal 'KITH_PAGER="sed s/^/paged:/" kith list ada --no-pager' </dev/null
	expect 0 <<<$'id   name  email  phone  last\nada  Ada'
}

@test "a full disk is a failure, a reader that goes away is none" {
	for i in {1..300}; do
		printf 'name = Somebody With A Rather Long Name %s\n' "$i" >"$KITH_BOOK/id-$i.ini"
	done
	status=0
	command kith list >/dev/full 2>err || status=$?
	[ "$status" -eq 3 ]
	says "kith list: cannot write the output: No space left on device"
	for format in '{id}' '{name}{name}{name}{name}{name}{name}{name}{name}{name}{name}{name}{name}'; do
		{ command kith list -f "$format" 2>err; echo $? >rc; } | head -n 1 >/dev/null
		[ "$(cat rc)" -eq 0 ]
		quiet
	done
}

@test "a format makes one line of each, whatever a value holds" {
	put ada.ini <<-'EOF'
		name = Ada
		note = one
		    two
	EOF
	kith list --format '{name}: {note}'
	expect 0 <<<'Ada: one two'
}

@test "a uid is found when it is asked for, and by no word" {
	put ana.ini <<<$'name = Ana Ruiz\nuid = 9514-32b2-3ada-5550142'
	put ada.ini <<<'name = Ada Moss'
	kith list --format '{id}' ada
	expect 0 <<<'ada'
	kith list 5550142
	expect_err 1 'nobody matches'
	kith show 32b2
	has_status 1
	kith list --format '{id}' uid:3ada
	expect 0 <<<'ana'
}

@test "an unreadable file is named, and makes the status 3, whoever matches" {
	put ana.ini <<<'name = Ana Ruiz'
	mkfifo book/zoe.ini
	kith list --format '{id}' ana
	expect 3 <<<'ana'
	says 'book/zoe.ini: is a FIFO, not a file'
	kith list xyzzy
	expect_nothing 3
	says $'book/zoe.ini: is a FIFO, not a file\nnobody matches'
}
