# kith help: the manual, in all its looks.
# shellcheck disable=SC1010 # done is a command here
load lib

commands=(brief check completion dates diff done due edit event graph grep help history init
	list log match met new path query referrals rename restore rm save set show stats tag today
	todo undo unset version)
topics=(names when queries output environment exit safety network repository format keys entries values book index json replies limits)

@test "every command has help, on stdout, without a book" {
	export KITH_BOOK=/nonexistent
	for command in "${commands[@]}"; do
		kith "$command" -h
		has_status 0
		quiet
		head -n 1 out | grep -q "^kith $command.* - "
		cp out by-option
		kith help "$command"
		expect 0 <by-option
		kith "$command" --help --no-pager unheard-of
		expect 0 <by-option
	done
}

@test "each is listed, and nothing else" {
	kith help
	has_status 0
	quiet
	sed -n 's/^  \([a-z]*\) .*/\1/p' out | sort | diff - <(printf '%s\n' "${commands[@]}" "${topics[@]}" | sort)
	cp out overview
	kith
	expect 0 <overview
	kith -h
	expect 0 <overview
}

@test "every topic has a text; keys lists each key" {
	for topic in "${topics[@]}"; do
		kith help "$topic"
		has_status 0
		quiet
		head -n 1 out | grep -q "^$topic - "
		[ "$(wc -l <out)" -gt 3 ]
	done
	kith help keys
	for key in name email phone every door via knows needs; do
		grep -q "^ *$key\b" out
	done
}

@test "an alias is the command" {
	kith show -h
	cp out show
	kith cat -h
	expect 0 <show
	kith help cat
	expect 0 <show
}

@test "an unknown topic is exit status 1" {
	kith help unheard-of
	expect_err 1 "kith help: no command or topic 'unheard-of'; 'kith help' lists them"
	kith help a b
	expect_err 2 "kith help: one command or topic at a time
usage: kith help [COMMAND|TOPIC]   (kith help help)"
}

@test "unknown commands and options are wrong usage" {
	kith unheard-of
	expect_err 2 "kith: there is no command 'unheard-of'; 'kith help' lists them"
	kith lsit
	expect_err 2 "kith: there is no command 'lsit'; did you mean 'kith list'?"
	for command in "${commands[@]}"; do
		kith "$command" --unheard-of
		expect_nothing 2
		head -n 1 err | diff - <(echo "kith $command: there is no option '--unheard-of'")
	done
	kith list --book
	expect_err 2 "kith list: --book needs DIR
usage: kith list [QUERY]   (kith help list)"
}

@test "no line of help is too wide, and none holds a mark" {
	for topic in "${commands[@]}" "${topics[@]}"; do
		kith help "$topic"
		run grep -nE '.{105}|[a-z]\*[a-z]' out
		[ -z "$output" ] || { echo "$topic: $output"; false; }
	done
}

@test "the README's list of commands is help --markdown" {
	kith help --markdown
	has_status 0
	sed -n '/^<!-- made by kith help --markdown -->$/,/^<!-- end -->$/p' "$BATS_TEST_DIRNAME/../../README.md" |
		sed '1d;$d' | diff - out
}

@test "the man pages are without fault" {
	command -v mandoc >/dev/null || skip "no mandoc"
	for section in 1 5; do
		kith help --man "$section"
		has_status 0
		quiet
		mandoc -T lint -W error out
		mandoc out >/dev/null
	done
	kith help --man 3
	expect_err 2 "kith help: there are kith(1) and kith(5)
usage: kith help [COMMAND|TOPIC]   (kith help help)"
}

@test "kith(1) has every command, option and topic of its own, kith(5) the rest" {
	kith help --man 1
	for word in "${commands[@]}" names when queries output environment exit safety network; do
		grep -qi "\b$word\b" out
	done
	kith help --man 5
	for word in format entries values book json limits; do
		grep -qi "\b$word\b" out
	done
}
