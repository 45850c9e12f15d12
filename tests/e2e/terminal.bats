# What is written in files, names and arguments never reaches a terminal as anything but text.
load lib

# Of every kind of byte that a terminal may act on: those that are UTF-8, and those that are not.
readonly odd=$'\e[31mODD\e]0;t\a\b\r\x7f\xc2\x9b5m\xc2\x85\xe2\x80\xae\xe2\x80\x8f\xe2\x81\xa6\xe2\x80\xa8\xd8\x9c\xef\xbb\xbf'
readonly foul=$odd$'\x9b31m\xff\xc0\x80\xed\xa0\x80'

odd_book() {
	put odd.ini <<-EOF
		junk $foul
		[contact]
		name = Mo $foul
		nick = mo
		email = odd@$foul
		birthday = $foul
		via = $odd
		tags = $odd, tag
		door = ask $foul
		needs = $foul until 2027-01-01
		note = storm $foul
		    below $foul
		$foul = own
		key.$foul = label
		[log]
		2026-10-01 = @$odd call: $foul [[$odd]] #$odd
		2026-10-02 = $foul
		2026-10-03 = @ODD$foul here
		$foul = no date
		[todo]
		2026-12-01 = they: $foul
		$foul = no date
		[$foul
		[own $odd] x
		key = $foul
	EOF
	put "$odd.ini" <<<"name = Zed $foul"
	put "$foul/in-$foul.ini" <<<"name = Zac"
	ln -s nothing "$KITH_BOOK/$odd-link.ini"
	put .kith/config <<-EOF
		[book]
		me = $odd
		[event]
		$odd = 2026-04-18 $foul
		[kinds]
		$odd = $foul
		[$odd]
		[every]
		$odd = $foul
	EOF
}

# clean FILE: only text is left once kith's own colours are taken away.
clean() {
	sed 's/\x1b\[\([012]\|33\|36\|1;31\)m//g' "$1" >plain
	iconv -f UTF-8 -t UTF-16 plain >/dev/null || { echo "no UTF-8"; return 1; }
	if grep -naP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c|\xef\xbb\xbf' plain >raw; then
		cat -v raw
		return 1
	fi
}

pager=

# on_terminal ARGS: kith on a terminal where stdin is typed; the file out is all that appears.
on_terminal() {
	status=0
	: >err
	SHELL=/bin/bash TERM=xterm script -E never -qec \
		"stty -onlcr; PATH=$tools KITH_PAGER=${pager@Q} $(printf '%q ' kith "$@")" /dev/null >out || status=$?
}

# What it finds besides itself when it looks for a program.
readonly tools=$BATS_FILE_TMPDIR/tools
setup_file() {
	mkdir "$tools"
	ln -s "$(type -P kith)" "$(type -P sh)" "$(type -P cat)" "$(type -P cut)" "$(type -P tail)" "$tools"
}

# piped ARGS: all that the command writes, on both streams, is clean and shows what was meant.
piped() {
	printf 'kith %s\n' "${*@Q}"
	kith "$@"
	cat err >>out
	[ "$status" -le 3 ]
	grep -qi 'odd' out
	clean out
}

shown() {
	printf 'on a terminal: kith %s\n' "${*@Q}"
	on_terminal "$@"
	[ "$status" -le 3 ]
	grep -qi 'odd' out
	clean out
}

@test "what is read from files is shown as text" {
	local command
	odd_book
	while read -r command; do
		# shellcheck disable=SC2086 # words
		piped $command
		# shellcheck disable=SC2086 # words
		shown $command
	done <<-'EOF'
		list
		list --columns id,name,email,path,file,last,note*,tags,needs,via,key*
		list storm
		show odd.ini
		show zed
		check
		grep -a .
		grep -al .
		grep -ac .
		grep (?s)storm.*
		todo
		todo odd.ini
		tag --dry-run ODD +x
	EOF
}

@test "what a command did is told as text" {
	local command
	odd_book
	for command in 'set odd.ini title=x' 'unset odd.ini title' 'log odd.ini hello' 'todo odd.ini hello' \
		'done odd.ini nothing-of-it' 'done odd.ini' 'done odd.ini 1' 'tag path:odd +x' 'set o title=x' 'show mo' \
		'rename zac zoe' 'rename zed work/' 'rm -f zac'; do
		# shellcheck disable=SC2086 # words
		piped $command
	done
	piped new "Zed $odd"
	EDITOR=true piped edit odd.ini
	EDITOR=true piped edit zed
	put $'\xe2\x80\xaeODD.ini' <<<'nick = turned'
	mkdir "$KITH_BOOK/work"
	piped rename turned work/
	has_status 0
}

@test "what is typed is repeated as text" {
	odd_book
	mkdir "$odd"
	piped "$odd"
	piped help "$odd"
	piped show "$odd nobody"
	piped show "../$odd"
	piped set odd.ini $'\e[31mODD=x'
	piped set odd.ini "birthday=ODD$odd"
	piped set odd.ini "every=$odd"
	piped set odd.ini "door=$odd"
	piped set odd.ini "tags-=$odd-"
	piped set odd.ini "name+=$odd"
	piped unset odd.ini "$odd-"
	piped log odd.ini --on "ODD$odd" x
	piped log odd.ini --kind "$odd" x
	piped list "since:ODD$odd"
	piped list "--$odd"
	piped list --book "$odd-"
	piped grep "($odd"
	piped new "$odd" --in "$odd"
	piped rename odd.ini "$odd/"
	piped tag odd "+,$odd"
	local words
	for words in "list ($odd" "list --color=$odd" "completion $odd"; do
		# shellcheck disable=SC2086 # words
		kith $words
		has_status 2
		clean err
	done
	piped init "$odd/x/y"
	piped init "$odd"
	KITH_NOW=$odd piped list
	EDITOR="false # $odd" piped edit odd.ini
	shown show "$odd nobody"
	piped show "$foul"
	piped set odd.ini "title=$foul"
	has_status 2
	piped list "--$foul"
	has_status 2
}

@test "completion offers text" {
	local line
	odd_book
	for line in 'kith show ' 'kith set ' 'kith list #' 'kith list @' 'kith tag storm +'; do
		piped completion --for "$line"
		shown completion --for "$line"
	done
}

is_json() {
	iconv -f UTF-8 -t UTF-16 "$1" >/dev/null
	if command -v jq >/dev/null; then
		jq -e . "$1" >/dev/null
	elif command -v python3 >/dev/null; then
		python3 -m json.tool "$1" >/dev/null
	else
		skip "there is nothing here to read JSON with"
	fi
}

@test "JSON is JSON whatever the bytes, and text on a terminal" {
	local command
	odd_book
	put .kith/config <<<"[kinds]"
	while read -r command; do
		echo "kith $command"
		# shellcheck disable=SC2086 # words
		kith $command
		is_json out
		# shellcheck disable=SC2086 # words
		shown $command
	done <<-'EOF'
		list --json
		list --json --columns all
		show odd.ini --json
		check --json
		grep -a . --json
		todo --json
	EOF
}

@test "to a pipe raw is every byte, on a terminal text" {
	odd_book
	kith show odd.ini --raw
	cmp out "$KITH_BOOK/odd.ini"
	kith show odd.ini -k name
	diff out <(echo "Mo $foul")
	kith list nick: --format '{name}\t{path}'
	diff out <(printf '%s\t%s\n' "Mo $foul" odd.ini)
	kith list zed -0
	printf '%s\0' "$odd" | cmp - out
	kith list zed -0 --format '{file}'
	printf '%s\0' "book/$odd.ini" | cmp - out
	shown show odd.ini --raw
	shown show odd.ini -k name
	shown list nick: --format '{name}\t{path}'
	shown list zed -0
}

@test "colours are ours, and only where they are wanted" {
	put ana.ini <<<'name = Ana Ruiz'
	kith show ana
	run -1 grep -q $'\e' out
	kith show ana --color always
	grep -q $'^\e\\[1mAna Ruiz' out
	TERM=dumb CLICOLOR_FORCE=1 kith show ana
	grep -q $'\e' out
	NO_COLOR=1 CLICOLOR_FORCE=1 kith show ana
	run -1 grep -q $'\e' out
	on_terminal show ana
	grep -q $'^\e\\[1mAna Ruiz' out
	on_terminal show ana --color never
	run -1 grep -q $'\e' out
	NO_COLOR=1 on_terminal show ana
	run -1 grep -q $'\e' out
	kith show ana --color sometimes
	has_status 2
}

@test "in twenty columns nothing is cut inside a letter or an escape" {
	put ana.ini <<<$'name = 李雷韓梅梅王小明張大千\nnote = e\u0301e\u0301'
	put "$odd.ini" <<<"name = $foul"
	put zed.ini <<<$'name = 👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦'
	COLUMNS=20 shown list --columns id,name
	COLUMNS=20 shown list --columns name,id
	COLUMNS=10 shown list
}

# asked TYPED COMMAND...: the command on a terminal where that is typed.
asked() {
	local typed=$1
	shift
	exec <<<"$typed"
	shown "$@"
}

@test "a question shows text, and no answer means no" {
	odd_book
	asked '' rm zed
	has_status 1
	grep -q 'remove .*ODD.*? \[y/N\] ' out
	asked maybe rm zed
	has_status 1
	exec </dev/null
	shown rm zed
	has_status 1
	[ -e "$KITH_BOOK/$odd.ini" ]
	asked Yes rm zed
	has_status 0
	[ ! -e "$KITH_BOOK/$odd.ini" ]
}

@test "several that fit are offered as text, and picked by number" {
	odd_book
	put zed2.ini <<<"name = Zed $foul"
	asked 2 show zed
	has_status 0
	grep -q '^  1  Zed .*ODD.*  .*ODD' out
	grep -q '^Zed .*ODD.*  zed2.ini$' plain
	asked $'9\nx\n0\n1' show zed
	has_status 1
	[ "$(grep -o 'who?' out | wc -l)" -eq 3 ]
	asked '' show zed
	has_status 1
	exec </dev/null
	shown show zed
	has_status 1
	printf '#!/bin/sh\ncat >offered\ncut -f 1 offered | tail -n 1\n' >"$tools/fzf"
	chmod +x "$tools/fzf"
	shown show zed
	has_status 0
	grep -q ODD offered
	clean offered
	rm "$tools/fzf"
}

@test "long output goes through the pager, on a terminal only" {
	odd_book
	pager='cat >paged'
	on_terminal list
	has_status 0
	grep -q '^book/.*: ' out
	run -1 grep '^odd ' out
	clean paged
	grep -q '^odd  *Mo ' plain
	rm paged
	on_terminal list --no-pager
	clean out
	grep -q '^odd  *Mo ' plain
	KITH_PAGER=$pager kith list
	grep -q '^odd  *Mo ' out
	[ ! -e paged ]
}

@test "KITH_PAGER comes before PAGER, and an empty one means none" {
	put ana.ini <<<'name = Ana Ruiz'
	export PAGER='cat >by-pager'
	pager='cat >by-kith-pager'
	on_terminal list
	[ -s by-kith-pager ] && [ ! -e by-pager ]
	pager=
	on_terminal list
	grep -q '^ana ' out && [ ! -e by-pager ]
	pager='cat'
	on_terminal list
	grep -q '^ana ' out && [ ! -e by-pager ]
	SHELL=/bin/bash script -E never -qec 'kith list' /dev/null >out
	[ -s by-pager ] && [ ! -s out ]
}

@test "a pager that is left early is no failure" {
	local i
	for i in {1..300}; do
		printf 'name = %0500d\n' "$i" >"book/$i.ini"
	done
	pager=true
	on_terminal list --columns id,name
	has_status 0
	[ ! -s out ]
}
