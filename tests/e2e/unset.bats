# kith unset: whole keys go, and nothing else.
load lib

@test "every line of exactly this key goes, with its continuation lines" {
	put ada.ini <<-'EOF'
		# best before noon
		name = Ada
		EMAIL = a@x
		email.work = w@x
		note = one
		    two
		email = b@x
		; kept
	EOF
	kith unset ada email note
	expect_err 0 "ada: removed email, note"
	holds ada.ini <<-'EOF'
		# best before noon
		name = Ada
		email.work = w@x
		; kept
	EOF
	kith unset ada email.work
	expect_err 0 "ada: removed email.work"
}

@test "all of them go, or none" {
	put ada.ini <<<'name = Ada'
	kith unset ada name phone
	expect_err 1 "book/ada.ini: no 'phone' here"
	holds ada.ini <<<'name = Ada'
}

@test "CRLF and a missing final newline stay" {
	printf 'name = Ada\r\nphone = 1\r\norg = X' | put ada.ini
	kith unset ada phone
	printf 'name = Ada\r\norg = X' | holds ada.ini
}

@test "the log is no key" {
	put ada.ini <<-'EOF'
		name = Ada
		[log]
		2026-01-02 = x
	EOF
	kith unset ada 2026-01-02
	expect_err 1 "book/ada.ini: no '2026-01-02' here"
}

@test "a name and a key are needed; the name is one word" {
	put ada.ini <<<'name = Ada Byron'
	kith unset
	expect_err 2 "kith unset: who is meant?
usage: kith unset NAME KEY...   (kith help unset)"
	kith unset ada
	expect_err 2 "kith unset: which key?
usage: kith unset NAME KEY...   (kith help unset)"
	kith unset 'ada byron' name
	expect_err 0 "ada: removed name"
	holds ada.ini </dev/null
}
