# shellcheck shell=bash disable=SC2034
# What tests on a terminal load besides lib: `load terminal`.

# terminal COMMAND: sh runs it with a terminal for all three streams. Stdin is what is typed
# there; $status is left, and what was on the screen in the file out.
terminal() {
	local keys=$BATS_TEST_TMPDIR/keys
	mkfifo "$keys"
	# Held open for writing too: at an end of input script would hang up before the command is done.
	exec 8<>"$keys"
	cat >&8
	status=0
	PAGER='' script -qe -E never -c "$1" "$BATS_TEST_TMPDIR/typescript" <&8 >"$keys.screen" || status=$?
	exec 8>&-
	tr -d '\r' <"$keys.screen" >"$BATS_TEST_TMPDIR/out"
	rm "$keys"
}
