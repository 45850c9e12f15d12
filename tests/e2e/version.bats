# kith version.
load lib

@test "one line, by command and by option" {
	kith version
	has_status 0
	grep -qxE 'kith [0-9]+\.[0-9]+\.[0-9]+' out
	[ "$(wc -l <out)" -eq 1 ]
	quiet
	cp out version
	kith --version
	expect 0 <version
}

@test "it takes no argument" {
	kith version x
	expect_err 2 "kith version: version takes no argument
usage: kith version   (kith help version)"
}

@test "a full disk is a failure" {
	status=0
	command kith version >/dev/full 2>err || status=$?
	[ "$status" -eq 3 ]
	says "kith version: cannot write the output: No space left on device"
	status=0
	command kith version >&- 2>err || status=$?
	[ "$status" -eq 3 ]
}
