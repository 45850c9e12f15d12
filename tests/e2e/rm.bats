# kith rm: a file goes, when that is really meant.
load lib
load terminal

@test "-f removes the file and nothing else" {
	put work/ada.ini <<<'name = Ada'
	put zoe.ini <<<'name = Zoe'
	kith rm -f ada
	expect_err 0 "removed work/ada.ini"
	gone work/ada.ini
	[ -d book/work ]
	holds zoe.ini <<<'name = Zoe'
}

@test "without a terminal and without --force nothing is removed" {
	put ada.ini <<<'name = Ada'
	kith rm ada
	expect_err 2 "kith rm: ada.ini stays: nobody can be asked, and there is no --force
usage: kith rm NAME   (kith help rm)"
	holds ada.ini <<<'name = Ada'
}

@test "on a terminal it asks, and no is assumed" {
	put ada.ini <<<'name = Ada'
	for answer in n '' nay; do
		terminal 'kith rm ada' <<<"$answer"
		has_status 1
		holds ada.ini <<<'name = Ada'
	done
	terminal 'kith rm ada' <<<y
	has_status 0
	gone ada.ini
}

@test "what was changed while it was asked is not removed" {
	put ada.ini <<<'name = Ada'
	mkfifo keys
	exec 7<>keys
	PAGER='' script -qe -E never -c 'kith rm ada' typescript <&7 >screen &
	until grep -q 'ada.ini? \[y' screen; do kill -0 $!; done
	kith -q set ada org=X
	echo y >&7
	status=0
	wait $! || status=$?
	exec 7>&-
	has_status 4
	holds ada.ini <<<$'name = Ada\norg = X'
}

@test "a name that fits several, or nobody, removes nothing" {
	put ada.ini <<<'name = Ada Byron'
	put ben.ini <<<'name = Ben Byron'
	kith rm -f byron
	expect_nothing 1
	kith rm -f zoe
	expect_nothing 1
	kith rm -f ../err
	expect_nothing 2
	kith rm -f "$PWD/err"
	expect_nothing 2
	kith rm -f
	expect_nothing 2
	[ "$(ls book)" = $'ada.ini\nben.ini' ]
	[ -f err ]
}

@test "a damaged contact can be removed" {
	put ada.ini </dev/null
	kith rm -f ada
	expect_err 0 "removed ada.ini"
	gone ada.ini
}

@test "who only has the word somewhere in the file is not removed" {
	put ada.ini <<-'EOF'
		name = Ada
		note = tell nobody
	EOF
	kith rm -f nobody
	expect_err 1 "kith rm: nobody is called 'nobody'; ada.ini has it: give its id"
	kith set nobody org=X
	expect_nothing 1
	kith show nobody -k name
	expect 0 <<<Ada
	kith rm -f $'\xe2\x80\x8b'
	expect_nothing 1
	[ -f book/ada.ini ]
}
