# kith completion: the scripts, and the answers they ask for.
# shellcheck disable=SC2016 # they are there to not be expanded
load lib

people() {
	put ana-ruiz.ini <<<$'name = Ana Ruiz\ntags = writer, work\n[log]\n2026-01-01 = @dunkin-main x'
	put ana-weld.ini <<<$'name = Ana Weld\ntags = writer'
	put zoe.ini <<<'name = Zoë'
}

# answers LINE: exactly the words on stdin, before the tabs.
answers() {
	kith completion --for "$1"
	has_status 0
	quiet
	cut -f 1 out >words
	diff -u --label wanted --label answers - words
}

@test "commands, ids, keys, tags, events, options, topics" {
	people
	answers 'kith uns' <<<unset
	answers 'kith show ana' <<<$'ana-ruiz\nana-weld'
	answers 'kith show ' <<<$'ana-ruiz\nana-weld\nzoe'
	answers 'kith set zoe snoo' <<<'snooze='
	answers 'kith set zoe --n' <<<$'--no-index\n--no-pager'
	answers 'kith list #wr' <<<'#writer'
	answers 'kith list -#w' </dev/null
	answers 'kith tag zoe +w' <<<$'+work\n+writer'
	answers 'kith tag zoe -w' <<<$'-work\n-writer'
	answers 'kith list @du' <<<@dunkin-main
	answers 'kith log zoe @' <<<@dunkin-main
	answers 'kith help qu' <<<$'query\nqueries'
	answers 'kith completion z' <<<zsh
	answers 'kith -q --color never show z' <<<zoe
	answers 'kith grep ' </dev/null
}

@test "the values of options, and a key for each further argument" {
	people
	answers 'kith log zoe --kind c' <<<$'call\nchat'
	answers 'kith log zoe -k ma' <<<mail
	answers 'kith --color ' <<<$'auto\nalways\nnever'
	answers 'kith list --sort bi' <<<birthday
	answers 'kith list --columns na' <<<name
	answers 'kith show zoe -k em' <<<email
	answers 'kith set zoe org=x na' <<<name=
	answers 'kith new Zoe org=x na' <<<name=
	answers 'kith unset zoe na' <<<name
	answers 'kith unset zoe name em' <<<email
}

@test "an answer says what it is" {
	people
	kith completion --for 'kith show z'
	expect 0 <<<$'zoe\tZoë'
	kith completion --for 'kith uns'
	expect 0 <<<$'unset\tremove keys with all their values'
}

@test "without a book, with a bad one, it stays silent" {
	KITH_BOOK=/nonexistent kith completion --for 'kith show '
	expect_nothing 0
	quiet
	put empty.ini </dev/null
	mkfifo book/pipe.ini
	kith completion --for 'kith show '
	expect 0 <<<$'empty\tempty\npipe\tpipe'
	quiet
	kith completion --for 'kith unheard-of '
	expect_nothing 1
	quiet
}

# complete_bash LINE: what bash would offer behind it, a line each.
complete_bash() {
	bash --norc -c '
		compopt() { :; }
		source /dev/stdin <<<"$(kith completion bash)"
		COMP_LINE=$1 COMP_POINT=${#1}
		# As readline does: words break at spaces and at the characters of COMP_WORDBREAKS.
		COMP_WORDS=($1) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		[[ $1 == *" " ]] && COMP_WORDS+=("") COMP_CWORD=$((COMP_CWORD + 1))
		[[ -z $2 ]] || COMP_WORDS[COMP_CWORD]=$2
		_kith
		[ ${#COMPREPLY[@]} -eq 0 ] || printf "%s\n" "${COMPREPLY[@]}"
	' bash "$@"
}

@test "bash: ids, keys, tags and events" {
	people
	complete_bash 'kith show ana-' | diff - <(printf '%s\n' ana-ruiz ana-weld)
	complete_bash 'kith show ' | diff - <(printf '%s\n' ana-ruiz ana-weld zoe)
	complete_bash 'kith set zoe snoo' | diff - <(echo snooze=)
	complete_bash 'kith tag zoe +wri' | diff - <(echo +writer)
	complete_bash 'kith list @dun' dun | diff - <(echo dunkin-main)
	complete_bash 'kith list @' @ | diff - <(echo dunkin-main)
	complete_bash 'kith frob x' | diff - /dev/null
}

@test "bash: a file name is never executed" {
	people
	put 'x$(touch pwned)`touch pwned`.ini' <<<'name = X'
	complete_bash 'kith show x' >answer
	[ ! -e pwned ]
	local words=()
	eval "words=($(cat answer))"
	[ ! -e pwned ]
	[ "${#words[@]}" -eq 1 ]
	[ "${words[0]}" = 'x$(touch pwned)`touch pwned`' ]
}

@test "zsh: the script loads, and offers ids" {
	command -v zsh >/dev/null || skip "no zsh"
	people
	zsh -f -c '
		compdef() { :; }
		compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -rl -- "$@"; }
		source <(kith completion zsh)
		LBUFFER="kith show ana"
		_kith
	' >answer 2>errors
	diff - answer <<<$'ana-ruiz\nana-weld'
	[ ! -s errors ]
}

@test "fish: the script loads, and offers ids" {
	command -v fish >/dev/null || skip "no fish"
	people
	fish --no-config -c 'kith completion fish | source; complete -C "kith show ana-"' >answer
	diff - answer <<<$'ana-ruiz\tAna Ruiz\nana-weld\tAna Weld'
}

@test "another shell is wrong usage" {
	kith completion tcsh
	expect_err 2 "kith completion: for which shell: bash, zsh or fish?
usage: kith completion bash|zsh|fish   (kith help completion)"
}
