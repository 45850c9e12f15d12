# kith tag: on everybody who matches.
load lib

people() {
	put ana.ini <<<$'name = Ana\ntags = writer'
	put paul.ini <<<$'name = Paul\ntags = Writer, tampa'
	put zoe.ini <<<'name = Zoe'
}

@test "+tag and -tag on all that match" {
	people
	kith tag '#writer' +client -tampa
	expect_nothing 0
	says "ana: +client -tampa
paul: +client -tampa"
	holds ana.ini <<<$'name = Ana\ntags = writer, client'
	holds paul.ini <<<$'name = Paul\ntags = Writer, client'
	holds zoe.ini <<<'name = Zoe'
}

@test "a tag that is there, in whatever case, is not added again" {
	people
	stat -c %i "$KITH_BOOK/paul.ini" >before
	kith tag paul +WRITER -none
	expect_err 0 "paul: nothing to change"
	stat -c %i "$KITH_BOOK/paul.ini" | diff before -
}

@test "-tag takes the line with the last tag" {
	people
	kith tag ana -writer
	expect_err 0 "ana: -writer"
	holds ana.ini <<<'name = Ana'
	kith tag ana +new
	holds ana.ini <<<$'name = Ana\ntags = new'
}

@test "--dry-run only says whose" {
	people
	kith tag --dry-run '#writer' +client
	expect 0 <<<$'ana\npaul'
	quiet
	holds ana.ini <<<$'name = Ana\ntags = writer'
}

@test "a query that ends in -word is put in parentheses" {
	people
	kith tag '(#writer -#tampa)' +far
	expect_err 0 "ana: +far"
}

@test "everybody is asked for, never assumed" {
	people
	kith tag +new
	expect_err 2 "kith tag: whose tags?
usage: kith tag QUERY +TAG|-TAG...   (kith help tag)"
	kith tag zoe
	expect_err 2 "kith tag: no +TAG or -TAG is given
usage: kith tag QUERY +TAG|-TAG...   (kith help tag)"
	kith tag nobody +new
	expect_err 1 "nobody matches"
}

@test "what cannot be a tag is refused" {
	people
	kith tag zoe '+a,b'
	expect_err 2 "kith tag: a tag holds no comma: '+a,b'
usage: kith tag QUERY +TAG|-TAG...   (kith help tag)"
	kith tag zoe $'+a\nb'
	expect_nothing 2
	holds zoe.ini <<<'name = Zoe'
}

@test "one that cannot be changed is named, and does not keep the others from it" {
	people
	put mo.ini <<<$'name = Mo\n<<<<<<< a\ntags = writer\n=======\n>>>>>>> b'
	kith tag '#writer' +x
	expect_nothing 3
	tail -n 1 err | diff - <(echo "kith tag: done for 2 of 3")
	holds paul.ini <<<$'name = Paul\ntags = Writer, tampa, x'
	holds ana.ini <<<$'name = Ana\ntags = writer, x'
}
