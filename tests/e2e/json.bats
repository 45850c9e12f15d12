# --json: the shapes that kith(5) promises.
load lib

people() {
	put paul-novak.ini <<-'EOF'
		[contact]
		name = Paul "P" Novak
		email = paul@novak.example
		Email.Work = p.novak@nightharbor.example
		birthday = --10-31
		org = Night Harbor
		tags = writer, tampa
		tags = horror
		knows.sister = zoe, ana
		needs = a lighthouse keeper until 2027-02-28, tea
		door = ask
		shoe-size = 44
		Shoe-Size.Left = 45
		id = mine
		note = one
		    two\
		uid = 1
		[log]
		2026-08-17 = @dunkin-main met: a storm #horror [[zoe]]
		2026-09-01 = see @park #walk-1 [[ana]] [[zoe]]
		bad = x
		[todo]
		2026-11-25 = a copy
		2026-12-05 = they: sends dates
		[garden]
		roses = red
	EOF
	put work/zoe.ini <<<'name = Zoë'
}

@test "a contact" {
	people
	kith show paul --json
	expect 0 <<-'EOF'
		{
		  "id": "paul-novak",
		  "path": "paul-novak.ini",
		  "name": "Paul \"P\" Novak",
		  "email": [
		    {
		      "value": "paul@novak.example"
		    },
		    {
		      "value": "p.novak@nightharbor.example",
		      "label": "Work"
		    }
		  ],
		  "birthday": "--10-31",
		  "org": [
		    {
		      "value": "Night Harbor"
		    }
		  ],
		  "tags": [
		    "writer",
		    "tampa",
		    "horror"
		  ],
		  "knows": [
		    {
		      "value": "zoe",
		      "label": "sister"
		    },
		    {
		      "value": "ana",
		      "label": "sister"
		    }
		  ],
		  "needs": [
		    {
		      "value": "a lighthouse keeper",
		      "until": "2027-02-28"
		    },
		    {
		      "value": "tea"
		    }
		  ],
		  "door": "ask",
		  "shoe-size": [
		    {
		      "value": "44"
		    },
		    {
		      "value": "45",
		      "label": "Left"
		    }
		  ],
		  "own.id": [
		    {
		      "value": "mine"
		    }
		  ],
		  "note": [
		    {
		      "value": "one\ntwo\\"
		    }
		  ],
		  "uid": "1",
		  "log": [
		    {
		      "date": "2026-08-17",
		      "kind": "met",
		      "event": "dunkin-main",
		      "text": "a storm #horror [[zoe]]",
		      "people": [
		        "zoe"
		      ],
		      "tags": [
		        "horror"
		      ]
		    },
		    {
		      "date": "2026-09-01",
		      "kind": "met",
		      "event": "park",
		      "text": "see @park #walk-1 [[ana]] [[zoe]]",
		      "people": [
		        "ana",
		        "zoe"
		      ],
		      "tags": [
		        "walk-1"
		      ]
		    },
		    {
		      "date": "bad",
		      "kind": "met",
		      "event": null,
		      "text": "x",
		      "people": [],
		      "tags": []
		    }
		  ],
		  "todo": [
		    {
		      "date": "2026-11-25",
		      "who": "me",
		      "text": "a copy"
		    },
		    {
		      "date": "2026-12-05",
		      "who": "they",
		      "text": "sends dates"
		    }
		  ]
		}
	EOF
}

@test "a contact without anything" {
	people
	kith show zoe --json
	expect 0 <<-'EOF'
		{
		  "id": "zoe",
		  "path": "work/zoe.ini",
		  "name": "Zoë",
		  "log": [],
		  "todo": []
		}
	EOF
}

@test "show -k: this key only" {
	people
	kith show zoe --json -k email
	expect 1 <<-'EOF'
		{
		  "id": "zoe",
		  "path": "work/zoe.ini"
		}
	EOF
	kith show paul --json -k birthday
	expect 0 <<-'EOF'
		{
		  "id": "paul-novak",
		  "path": "paul-novak.ini",
		  "birthday": "--10-31"
		}
	EOF
	kith show zoe --json -k log
	expect 0 <<-'EOF'
		{
		  "id": "zoe",
		  "path": "work/zoe.ini",
		  "log": []
		}
	EOF
}

@test "keys of one's own that are called as ours" {
	put ada.ini <<<$'path = a\nname.de = b\nlog = c\ntodo = d\nlast = e\nbirthday.mother = f'
	kith show ada --json
	has_status 0
	sed -n 's/^  "\(.*\)":.*/\1/p' out | diff - <(printf '%s\n' id path name \
		own.path own.name own.log own.todo own.last own.birthday log todo)
}

@test "list: what the columns ask for, besides id and path" {
	people
	kith list --json --columns org,tags,email.work,last,todo paul
	expect 0 <<-'EOF'
		[
		  {
		    "id": "paul-novak",
		    "path": "paul-novak.ini",
		    "email": [
		      {
		        "value": "p.novak@nightharbor.example",
		        "label": "Work"
		      }
		    ],
		    "org": [
		      {
		        "value": "Night Harbor"
		      }
		    ],
		    "tags": [
		      "writer",
		      "tampa",
		      "horror"
		    ],
		    "todo": [
		      {
		        "date": "2026-11-25",
		        "who": "me",
		        "text": "a copy"
		      },
		      {
		        "date": "2026-12-05",
		        "who": "they",
		        "text": "sends dates"
		      }
		    ],
		    "last": "2026-09-01"
		  }
		]
	EOF
	kith list --json id=zoe
	expect 0 <<-'EOF'
		[
		  {
		    "id": "zoe",
		    "path": "work/zoe.ini",
		    "name": "Zoë"
		  }
		]
	EOF
}

@test "list --columns all: whole contacts" {
	people
	kith show zoe --json
	{ echo '['; sed '$!s/^/  /; $s/^/  /' out; echo ']'; } >wanted
	kith list --json --columns all id=zoe
	expect 0 <wanted
}

@test "grep" {
	people
	kith grep storm --json
	expect 0 <<-'EOF'
		[
		  {
		    "id": "paul-novak",
		    "path": "paul-novak.ini",
		    "line": 19,
		    "text": "2026-08-17 = @dunkin-main met: a storm #horror [[zoe]]"
		  }
		]
	EOF
}

@test "grep -c and -l" {
	people
	for option in -c -l; do
		kith grep '2026-0[89]|two' --json "$option"
		expect 0 <<-'EOF'
			[
			  {
			    "id": "paul-novak",
			    "path": "paul-novak.ini",
			    "count": 3
			  }
			]
		EOF
	done
}

@test "todo" {
	people
	kith todo --json
	expect 0 <<-'EOF'
		[
		  {
		    "date": "2026-11-25",
		    "who": "me",
		    "text": "a copy",
		    "id": "paul-novak",
		    "path": "paul-novak.ini",
		    "number": 1
		  },
		  {
		    "date": "2026-12-05",
		    "who": "they",
		    "text": "sends dates",
		    "id": "paul-novak",
		    "path": "paul-novak.ini",
		    "number": 2
		  }
		]
	EOF
}

@test "check" {
	put ada.ini <<<$'name = Ada\nbirthday = x'
	kith check --json
	expect 1 <<-'EOF'
		[
		  {
		    "path": "ada.ini",
		    "line": 2,
		    "col": 12,
		    "grade": "wrong",
		    "what": "'x' is no date; a date is written as 1974-10-31, 1974-10, 1974 or --10-31"
		  }
		]
	EOF
}

@test "bytes that are no UTF-8 become U+FFFD, control characters are escaped" {
	put ada.ini <<<$'name = Jos\xe9 \e[31m\nkey\xe9 = x'
	kith show ada --json
	expect 0 <<-'EOF'
		{
		  "id": "ada",
		  "path": "ada.ini",
		  "name": "Jos� \u001B[31m",
		  "key�": [
		    {
		      "value": "x"
		    }
		  ],
		  "log": [],
		  "todo": []
		}
	EOF
	kith list --json --columns name
	has_status 0
	grep -qF '"name": "Jos� \u001B[31m"' out
}

@test "damaged files are in the list all the same" {
	put ada.ini <<<$'name = Ada\n<<<<<<< a\norg = A\n=======\norg = B\n>>>>>>> b'
	put empty.ini </dev/null
	mkfifo book/pipe.ini
	kith list --json --columns org
	expect 3 <<-'EOF'
		[
		  {
		    "id": "ada",
		    "path": "ada.ini",
		    "org": [
		      {
		        "value": "A"
		      },
		      {
		        "value": "B"
		      }
		    ]
		  },
		  {
		    "id": "empty",
		    "path": "empty.ini"
		  },
		  {
		    "id": "pipe",
		    "path": "pipe.ini"
		  }
		]
	EOF
}

@test "commands that write have none" {
	put ada.ini <<<'name = Ada'
	for args in 'set ada org=x' 'new Bo' 'rm -f ada' 'log ada x' 'done ada' 'tag ada +x'; do
		# shellcheck disable=SC2086
		kith $args --json
		expect_err 2 "kith ${args%% *}: 'kith ${args%% *}' has no --json"
	done
	holds ada.ini <<<'name = Ada'
}
