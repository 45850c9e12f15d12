# Several at once: kith beside kith, beside an editor, beside a signal. Nothing is lost.
load lib

setup_file() {
	# A leak check is itself a tracer, and there can be only one.
	export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
}

teardown() {
	jobs -p | xargs -r kill -CONT 2>/dev/null || true
	jobs -p | xargs -r kill 2>/dev/null || true
}

@test "forty who add the same name at once make forty contacts" {
	local i jobs=()
	for i in {1..40}; do
		command kith -q new "Ana Ruiz" "note=number $i" >>ids 2>>said &
		jobs+=($!)
	done
	for i in "${jobs[@]}"; do
		wait "$i"
	done
	sed '/probably here already/d' said | diff /dev/null -
	[ "$(sort -u ids | wc -l)" -eq 40 ]
	[ "$(find book -type f | wc -l)" -eq 40 ]
	kith grep -a -c '^name *= Ana Ruiz$'
	[ "$(grep -c ':1$' out)" -eq 40 ]
	kith list --format '{note}' note:number
	[ "$(sort -u out | wc -l)" -eq 40 ]
}

@test "writers of one file lose nothing" {
	local i jobs=()
	put ana.ini <<-'EOF'
		# by hand
		name = Ana
	EOF
	for i in {1..10}; do
		command kith -q log ana "call: number $i." &
		jobs+=($!)
		command kith -q set ana "nick+=nick $i." "tags+=tag$i" &
		jobs+=($!)
	done
	for i in "${jobs[@]}"; do
		wait "$i"
	done
	for i in {1..10}; do
		grep -q "^2026-11-21 = call: number $i\.$" book/ana.ini
		grep -q "^nick = nick $i\.$" book/ana.ini
		grep -q "^tags = .*tag$i\(,\|$\)" book/ana.ini
	done
	[ "$(wc -l <book/ana.ini)" -eq $((2 + 10 + 1 + 2 + 10)) ]
	[ "$(ls -A book)" = ana.ini ]
}

# stopped_at CALL N COMMAND...: run it, and stop it at the N-th such call; its id is $stopped.
stopped_at() {
	local call=$1 n=$2
	shift 2
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	: >trace
	strace -f -qq -o trace -e "trace=$call" -e "inject=$call:signal=STOP:when=$n" "$@" >out 2>err &
	tracer=$!
	until grep -q 'stopped by SIGSTOP' trace; do
		kill -0 "$tracer"
	done
	stopped=$(sed -n 's/^\([0-9]*\) .*stopped by SIGSTOP.*/\1/p' trace)
}

# go_on: let it finish; $status.
go_on() {
	kill -CONT "$stopped"
	status=0
	wait "$tracer" || status=$?
}

@test "what an editor saves between our read and our write is kept" {
	put ana.ini <<<'name = Ana'
	stopped_at fsync 1 kith set ana title=baker
	ls -A book
	echo 'phone = 1' >>book/ana.ini
	go_on
	has_status 0
	says 'ana: title'
	holds ana.ini <<-'EOF'
		name = Ana
		phone = 1
		title = baker
	EOF
}

@test "a change of the same size and time is seen, and one of the same line outdone" {
	put ana.ini <<<'title = cook'
	touch -d '2026-01-01' book/ana.ini
	stopped_at fsync 1 kith set ana org=Ruiz
	echo 'title = lawyer' >other
	touch -r book/ana.ini other
	truncate -s "$(stat -c %s book/ana.ini)" other
	cp --preserve=timestamps other book/ana.ini
	go_on
	has_status 0
	grep -q '^title = lawy' book/ana.ini
	stopped_at fsync 1 kith set ana title=baker
	printf 'title = judge\norg = Weld\n' >book/ana.ini
	go_on
	has_status 0
	holds ana.ini <<-'EOF'
		title = baker
		org = Weld
	EOF
}

@test "what is taken away meanwhile does not come back" {
	put ana.ini <<<'name = Ana'
	stopped_at fsync 1 kith set ana title=baker
	rm book/ana.ini
	go_on
	has_status 1
	says 'book/ana.ini: no such file'
	[ -z "$(ls -A book)" ]
}

@test "what becomes a conflict meanwhile is left to the user" {
	put ana.ini <<<'name = Ana'
	stopped_at fsync 1 kith set ana title=baker
	printf '<<<<<<< a\nname = A\n=======\nname = B\n>>>>>>> b\n' | tee conflict >book/ana.ini
	go_on
	has_status 3
	cmp conflict book/ana.ini
	[ "$(ls -A book)" = ana.ini ]
}

@test "a name taken meanwhile is not overwritten" {
	stopped_at fsync 1 kith new Ana Ruiz
	put ana-ruiz.ini <<<'name = Another'
	go_on
	has_status 0
	diff out - <<<'ana-ruiz-2'
	holds ana-ruiz.ini <<<'name = Another'
	[ "$(ls -A book)" = $'ana-ruiz-2.ini\nana-ruiz.ini' ]
}

@test "what was changed meanwhile is not removed" {
	put ana.ini <<<'name = Ana'
	stopped_at faccessat2 1 kith rm -f ana
	echo 'phone = 1' >>book/ana.ini
	go_on
	has_status 4
	says 'book/ana.ini: was changed meanwhile by another program'
	grep -q phone book/ana.ini
}

@test "a folder swapped for a link meanwhile keeps its file" {
	put work/ana.ini <<<'name = Ana'
	cp -r book/work outside
	stopped_at fsync 1 kith set ana title=baker
	mv book/work away
	ln -s ../outside book/work
	go_on
	diff outside/ana.ini - <<<'name = Ana'
	[ "$(ls -A outside)" = ana.ini ] && [ "$(ls -A away)" = ana.ini ]
	grep -q '^name = Ana$' away/ana.ini
}

@test "who reads waits for nobody, and sees the old text or the new" {
	put ana.ini <<<'name = Ana'
	stopped_at fsync 1 kith set ana name=Anna
	for command in list 'show ana' 'grep -a Ana' check todo 'tag --dry-run ana +x'; do
		# shellcheck disable=SC2086 # words
		command kith $command
	done >seen || true
	grep -q '^ana  Ana$' seen
	[ "$(find book -name '.kith-tmp-*' | wc -l)" -eq 1 ]
	go_on
	has_status 0
	kith list
	expect 0 <<<'ana  Anna'
}

@test "who writes waits for who wrote first" {
	put ana.ini <<<'name = Ana'
	stopped_at fsync 1 kith set ana title=baker
	command kith set ana org=Ruiz &
	go_on
	wait $!
	has_status 0
	holds ana.ini <<-'EOF'
		name = Ana
		title = baker
		org = Ruiz
	EOF
}

# waiting COMMAND...: run it while the book is locked from here, until it has to wait.
waiting() {
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	exec 9<book
	flock 9
	: >trace
	strace -f -qq -o trace -e trace=flock env --default-signal=INT "$@" >out 2>err 9>&- &
	tracer=$!
	until grep -q 'EAGAIN' trace; do
		kill -0 "$tracer"
	done
	stopped=$(sed -n 's/^\([0-9]*\) .*EAGAIN.*/\1/p;T;q' trace)
}

@test "the lock of another program is waited for, without which all can be read" {
	put ana.ini <<<'name = Ana'
	waiting kith set ana title=baker
	kith list
	expect 0 <<<'ana  Ana'
	kith show ana -k name
	expect 0 <<<'Ana'
	holds ana.ini <<<'name = Ana'
	flock -u 9
	status=0
	wait "$tracer" || status=$?
	has_status 0
	grep -qx 'title = baker' book/ana.ini
}

@test "a signal ends the waiting for the lock, and nothing is written" {
	local signal
	put ana.ini <<<'name = Ana'
	for signal in TERM INT HUP; do
		waiting kith set ana title=baker
		kill -s "$signal" "$stopped"
		status=0
		wait "$tracer" || status=$?
		[ "$status" -eq $((128 + $(kill -l "$signal"))) ]
		exec 9<&-
	done
	holds ana.ini <<<'name = Ana'
	[ "$(ls -A book)" = ana.ini ]
}

# signalled COMMAND...: it gets SIGTERM at its first fsync.
signalled() {
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	status=0
	strace -f -qq -o trace -e trace=fsync -e inject=fsync:signal=TERM:when=1 "$@" >out 2>err || status=$?
}

@test "a signal does not cut a write short" {
	put ana.ini <<<'name = Ana'
	signalled kith set ana title=baker
	has_status 143
	says 'ana: title'
	holds ana.ini <<-'EOF'
		name = Ana
		title = baker
	EOF
	[ "$(ls -A book)" = ana.ini ]
}

@test "a signal ends a long command between two files, and that is told" {
	local id
	for id in ana ben zoe; do
		put $id.ini <<<'nick = mate'
	done
	signalled kith tag mate +met
	has_status 143
	says 'ana: +met
kith tag: done for 1 of 3'
	holds ben.ini <<<'nick = mate'
	kith tag mate +met
	has_status 0
}

# editor LINE...: $EDITOR is a script of these lines.
editor() {
	printf '%s\n' '#!/bin/sh' "$@" >editor
	chmod +x editor
	export EDITOR=./editor TMPDIR=$PWD
}

@test "an editor that is open holds no lock, and gets no file of ours" {
	put ana.ini <<<'name = Ana'
	editor 'ls -l /proc/self/fd >fds' 'kith set ana org=Ruiz 2>said'
	kith edit ana
	has_status 0
	diff said - <<<'ana: org'
	holds ana.ini <<-'EOF'
		name = Ana
		org = Ruiz
	EOF
	run -1 grep book fds
}

@test "two who edit the same: the second is told, and loses nothing" {
	local draft
	put ana.ini <<<'name = Ana'
	# shellcheck disable=SC2016 # for the editor
	editor 'kith -q set ana org=Ruiz' 'echo "phone = 1" >>"$1"'
	kith edit ana
	has_status 4
	head -n 1 err | diff <(echo 'book/ana.ini: was changed meanwhile by another program') -
	holds ana.ini <<-'EOF'
		name = Ana
		org = Ruiz
	EOF
	draft=$(sed -n 's/^kith edit: what was written is kept in //p' err)
	diff "$draft" - <<-'EOF'
		name = Ana
		phone = 1
	EOF
}
