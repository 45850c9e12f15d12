# kith grep: lines of notes and log, where they are.
load lib

people() {
	put ana.ini <<-'EOF'
		[contact]
		name = Ana Storm
		note = Tea.
		    Storm at the Sea; a storm.
		[log]
		2026-01-01 = call: STORMY a.c
		2026-01-02 = abc
		[todo]
		2026-12-01 = storm
	EOF
	put work/li.ini <<<$'name = Li\nnote = Übung 李雷 storm'
}

@test "lines of notes and log, as FILE:LINE:TEXT" {
	people
	kith grep storm
	expect 0 <<-'EOF'
		book/ana.ini:4:    Storm at the Sea; a storm.
		book/work/li.ini:2:note = Übung 李雷 storm
	EOF
	cd book
	kith grep storm
	expect 0 <<-'EOF'
		ana.ini:4:    Storm at the Sea; a storm.
		work/li.ini:2:note = Übung 李雷 storm
	EOF
	quiet
}

@test "-a looks at every line" {
	people
	kith grep -a '^(name|\d+-12-01)'
	expect 0 <<-'EOF'
		book/ana.ini:2:name = Ana Storm
		book/ana.ini:9:2026-12-01 = storm
		book/work/li.ini:1:name = Li
	EOF
}

@test "-i -w -F, alone and together" {
	people
	kith grep -i stormy
	expect 0 <<<'book/ana.ini:6:2026-01-01 = call: STORMY a.c'
	kith grep -iw STORM -l
	expect 0 <<<$'book/ana.ini\nbook/work/li.ini'
	kith grep a.c
	expect 0 <<<$'book/ana.ini:6:2026-01-01 = call: STORMY a.c\nbook/ana.ini:7:2026-01-02 = abc'
	kith grep -F a.c
	expect 0 <<<'book/ana.ini:6:2026-01-01 = call: STORMY a.c'
	kith grep -wF c
	expect 0 <<<'book/ana.ini:6:2026-01-01 = call: STORMY a.c'
	kith grep -F '\E.\Q'
	expect_nothing 1
	kith grep -iF übung
	expect 0 <<<'book/work/li.ini:2:note = Übung 李雷 storm'
	kith grep -i 'ÜBUNG \p{Han}{2} '
	has_status 0
}

@test "-c counts lines, -l names files" {
	people
	kith grep -ci storm
	expect 0 <<<$'book/ana.ini:2\nbook/work/li.ini:1'
	kith grep -l abc
	expect 0 <<<book/ana.ini
}

@test "nothing found is exit status 1" {
	people
	kith grep hurricane
	expect_nothing 1
	quiet
	kith grep --json hurricane
	expect 1 <<<'[]'
}

@test "a bad pattern is wrong usage" {
	people
	kith grep '('
	expect_err 2 "kith grep: the pattern '(' is wrong at 1: missing closing parenthesis
usage: kith grep PATTERN   (kith help grep)"
	kith grep
	expect_err 2 "kith grep: what to look for?
usage: kith grep PATTERN   (kith help grep)"
	kith grep a b
	expect_err 2 "kith grep: one pattern, quoted when it holds blanks
usage: kith grep PATTERN   (kith help grep)"
	kith grep -F '('
	expect_nothing 1
}

@test "what matched is coloured when asked for" {
	people
	kith grep --color=always -F a.
	expect 0 < <(printf 'book/ana.ini:3:note = Te\033[1;31ma.\033[0m\nbook/ana.ini:6:2026-01-01 = call: STORMY \033[1;31ma.\033[0mc\n')
}

@test "bytes that are no UTF-8 are passed over and shown safely" {
	put ana.ini <<<$'name = Ana\nnote = caf\xe9 \e[31mstorm'
	kith grep storm
	expect 0 <<<'book/ana.ini:2:note = caf\xe9 \x1b[31mstorm'
	says "book/ana.ini:2:11: not UTF-8 here; convert the file, as with iconv -f LATIN1 -t UTF-8"
}

@test "a line of a million bytes, a pattern that is slow" {
	put ana.ini < <(printf 'note = %s!\n' "$(printf 'a%.0s' {1..1000000})")
	kith grep -c 'a!$'
	expect 0 <<<book/ana.ini:1
	kith grep '(a+)+$'
	expect_err 3 "book/ana.ini: cannot look for the pattern here (match limit exceeded); make it simpler"
}

@test "damage is told once, at most ten lines of it, before the output" {
	for i in {1..12}; do
		printf 'name = Storm %s\nno key\nnote = storm\n' "$i" >"$KITH_BOOK/c$i.ini"
	done
	command kith grep storm >both 2>&1
	[ "$(grep -c 'neither a key' both)" -eq 10 ]
	sed -n 11p both | diff - <(echo "kith: and 2 more; 'kith check' shows them all")
	[ "$(sed 1,11d both | grep -c ':3:note = storm$')" -eq 12 ]
	[ "$(wc -l <both)" -eq 23 ]
}

@test "the first line of a file with a BOM is a line as all others" {
	put bom.ini <<<$'\xef\xbb\xbfnote = storm'
	kith grep '^note'
	expect 0 <<<'book/bom.ini:1:note = storm'
}
