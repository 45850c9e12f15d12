# shellcheck shell=bash
# What tests/layers and tests/style share: rules over the C files below $root, told as TAP.
#
#	grep -F '//' <<<"$code" | rule "comments are /* */"
#	rules_end

shopt -s lastpipe nullglob
headers=("$root"/src/*/*.h "$root"/cmd/*.h)
ours=("${headers[@]}" "$root"/src/*/*.c "$root"/cmd/*.c)
# Every line of ours as path:line:code, without comments and what strings say.
code=$(awk -v root="$root" -f "$(dirname "$0")/code.awk" "${ours[@]}")
rules=0 broken=0

# rule WORDS: holds when nothing comes from stdin.
rule() {
	local found
	found=$(cat)
	rules=$((rules + 1))
	if [ -z "$found" ]; then
		echo "ok $rules - $1"
	else
		broken=$((broken + 1))
		printf 'not ok %s - %s\n# %s\n' "$rules" "$1" "${found//$'\n'/$'\n# '}"
	fi
}

rules_end() {
	echo "1..$rules"
	exit $((broken > 0))
}
