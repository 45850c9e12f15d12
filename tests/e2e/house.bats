# The house's own rules: that each can be seen to fail, and that what is made is sound.

setup() {
	root=$BATS_TEST_DIRNAME/../..
	copy=$BATS_TEST_TMPDIR/copy
	mkdir -p "$copy/src/base" "$copy/src/format" "$copy/src/book" "$copy/cmd"
	plant src/base/mem.c '#include "base/mem.h"'
	plant src/base/fault.h '#ifndef FAULT_H' '#define FAULT_H' '/*' ' * fault - what is wrong' ' */' \
		'/* Says so. */' 'int fault_set(int code);' '' 'struct fault;' '#endif'
	plant cmd/main.c '/* printf, "exit" // and getenv( are words here */' 'static const char *s = "// printf(";'
}

# plant FILE LINE...: a file of the copy.
plant() {
	local file=$copy/$1
	shift
	printf '%s\n' "$@" >"$file"
}

# breaks CHECK RULE PLACE: the check fails for this rule alone, and names the place.
breaks() {
	run "$root/tests/$1" "$copy"
	[ "$status" -eq 1 ] || { echo "$output"; return 1; }
	[ "$(grep -c '^not ok' <<<"$output")" -eq 1 ] || { echo "$output"; return 1; }
	grep -A 1 "^not ok [0-9]* - $2" <<<"$output" | grep -F "# $3" || { echo "$output"; return 1; }
}

@test "a sound tree breaks no rule" {
	"$root/tests/layers" "$copy"
	"$root/tests/style" "$copy"
}

@test "layers: an unlisted module" {
	plant src/base/util.c 'int x;'
	breaks layers "every module" src/base/util.c:1
}

@test "layers: an include upwards" {
	plant src/base/date.c '#include "base/mem.h"' '#include "format/doc.h"'
	breaks layers "includes go downwards" src/base/date.c:2:
}

@test "layers: cmd in src" {
	plant src/book/book.c '#include "cmd/cmd.h"'
	breaks layers "includes go downwards" src/book/book.c:1:
}

@test "layers: an include of the same number" {
	plant src/base/mem.c '#include "base/fault.h"'
	breaks layers "modules of one number" src/base/mem.c:1:
}

@test "layers: a library outside its place" {
	local header
	for header in ini sqlite3 git2 libstemmer; do
		plant cmd/set.c "#include <$header.h>"
		breaks layers "$header.h is known only" cmd/set.c:1:
	done
}

@test "layers: src that prints, exits or reads the environment" {
	plant src/base/date.c '	printf("%d", 1);'
	breaks layers "src never prints" src/base/date.c:1:
	plant src/base/date.c '	fputs("x", stderr);'
	breaks layers "src never prints" src/base/date.c:1:
	plant src/base/date.c '	exit(1);'
	breaks layers "src never exits" src/base/date.c:1:
	plant src/base/date.c '	s = getenv("HOME");'
	breaks layers "the environment" src/base/date.c:1:
}

@test "style: each banned function" {
	local word
	for word in strcpy strcat sprintf strncpy strtok gets atoi atol system popen strtol strtoul gmtime \
		localtime malloc calloc realloc strdup asprintf fopen; do
		plant cmd/set.c '' "	x = $word(s);"
		breaks style "no .*$word" cmd/set.c:2:
	done
}

@test "style: what a line may not be" {
	plant cmd/set.c '// no'
	breaks style "comments are" cmd/set.c:1:
	plant cmd/set.c "/* TO""DO: all of it */"
	breaks style "nothing is left" cmd/set.c:1:
	plant cmd/set.c 'int x; '
	breaks style "no space at the end" cmd/set.c:1:
	plant cmd/set.c '        int x;'
	breaks style "tabs indent" cmd/set.c:1:
}

@test "style: a line of more than 100 columns, however many bytes they are" {
	plant cmd/set.c "$(printf '\tx("'; printf 'é%.0s' {1..86}; printf '");')"
	"$root/tests/style" "$copy"
	plant cmd/set.c "$(printf '\tx("'; printf 'é%.0s' {1..87}; printf '");')"
	breaks style "no line beyond" cmd/set.c:1:
}

@test "style: a file and a function too long" {
	plant cmd/set.c "$(seq -f '/* %g */' 651)"
	breaks style "no file beyond" cmd/set.c:651:
	plant cmd/set.c 'int f(void)' '{' "$(seq -f '	f(%g);' 101)" '}'
	breaks style "no function beyond" cmd/set.c:104:
}

@test "style: a header without its opening, a prototype without a comment" {
	plant cmd/set.h '#ifndef SET_H' '#define SET_H' '/* set */' '#endif'
	breaks style "a header opens" cmd/set.h:1
	rm "$copy/cmd/set.h"
	plant src/base/fault.h '#ifndef FAULT_H' '#define FAULT_H' '/*' ' * fault - what is wrong' ' */' '' \
		'int fault_set(int code);' '#endif'
	breaks style "every prototype" src/base/fault.h:int
}

@test "scripts pass shellcheck" {
	cd "$root"
	shellcheck -x .ci/run tests/run tests/layers tests/style tests/transcript tests/bench/run examples/demo
	shellcheck -s sh -e SC2034 examples/recipes/emacs/kith-address examples/recipes/lbdb/*
	shellcheck -x -s bash -S error tests/*/*.bash tests/*/*.bats
}

@test "the manual pages are clean" {
	local build
	build=$(dirname "$(command -v kith)")
	run mandoc -T lint -W warning "$build/kith.1" "$build/kith.5"
	[ "$status" -eq 0 ] || { echo "$output"; false; }
}

@test "the completion scripts parse" {
	local shell
	for shell in bash zsh fish; do
		command kith completion "$shell" >"$BATS_TEST_TMPDIR/$shell"
		[ -s "$BATS_TEST_TMPDIR/$shell" ]
		command -v "$shell" >/dev/null || continue
		"$shell" -n "$BATS_TEST_TMPDIR/$shell"
	done
}

