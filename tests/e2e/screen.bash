# shellcheck shell=bash
# What tests load besides lib that use a program as a user does, on a screen:
#
#	load screen
#
#	screen 'less letter'
#	until_shows 'Dear Ada'
#	keys q
#	until_shows 'exit status 0'
#
# The screen is that of a tmux of the test's own. Nothing is waited for but what is drawn there.

# screen COMMAND: sh runs it on a fresh screen, which stays when it ends.
screen() {
	local drawn=$BATS_TEST_TMPDIR/drawn
	mkfifo "$drawn"
	# All that is drawn also comes here. Held open for writing too, so that tmux need not wait.
	exec 7<>"$drawn"
	LC_ALL=C.UTF-8 TERM=screen SHELL=/bin/sh own_tmux -f /dev/null new-session -d -x 100 -y 30 \
		"$1; echo \"exit status \$?\"; read -r _" ';' pipe-pane "cat >'$drawn'"
}

# keys KEY...: press them, named as tmux names them (Enter, C-t); what is no name is typed.
keys() {
	own_tmux send-keys "$@"
}

# until_shows TEXT: wait until it is on the screen, within one line.
until_shows() {
	until own_tmux capture-pane -p >"$BATS_TEST_TMPDIR/shown" &&
		grep -qF -e "$1" "$BATS_TEST_TMPDIR/shown"; do
		until_drawn || { echo "not shown: $1"; cat "$BATS_TEST_TMPDIR/shown"; return 1; }
	done
}

# until_drawn: wait for the next byte, and take what is drawn along with it.
until_drawn() {
	read -r -N 1 -t 20 -u 7 || return
	read -r -N 65536 -t 0.02 -u 7 || true
}

own_tmux() {
	tmux -u -S "$BATS_TEST_TMPDIR/tmux" "$@" 3>&- 7>&-
}

teardown() {
	[ ! -S "$BATS_TEST_TMPDIR/tmux" ] || own_tmux kill-server
}
