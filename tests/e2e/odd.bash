# shellcheck shell=bash
# What the tests of odd books load besides lib: every question there is, asked with a limit of time.

# fast ARGS: kith, which has 20 seconds. `kith` of lib asks twice; this one does not.
fast() {
	status=0
	timeout 20 kith "$@" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" || status=$?
}

# asks NAME EVENT: all there is to be asked, a line each.
asks() {
	cat <<-END
		brief $1
		brief @$2
		brief #writer
		brief @no-such-event
		due
		due #writer
		dates
		today
		event
		event @$2
		event @no-such-event
		todo
		referrals
		referrals $1
		path $1
		path #writer
		match
		match $1
		graph
		stats
	END
}

# answers_all STATUSES NAME EVENT: each with one of these exit statuses ("01"), and valid JSON or
# nothing; with 0 there is an answer, else it says why there is none.
answers_all() {
	local line json words n=0
	rm -rf answers
	mkdir answers
	while read -r line; do
		read -ra words <<<"$line"
		for json in '' --json; do
			fast "${words[@]}" $json
			[[ $1 == *$status* ]] || {
				echo "kith $line $json:"
				has_status "${1:0:1}"
			}
			[ "$status" -ne 0 ] || [ -s out ] || wrong "kith $line $json: says nothing"
			[ "$status" -eq 0 ] || [ -s err ] || [ "$line" = today ] ||
				wrong "kith $line $json: $status, and does not say why"
			[ -z "$json" ] || [ ! -s out ] || mv out "answers/$((++n)) ${line//\//}"
		done
	done < <(asks "$2" "$3")
	are_json answers/*
}

wrong() {
	echo "$*"
	return 1
}

# are_json FILE...: each of them is JSON.
are_json() {
	python3 - "$@" <<-'EOF'
		import json, sys
		for path in sys.argv[1:]:
		    try:
		        json.load(open(path, encoding="utf-8"))
		    except ValueError as why:
		        sys.exit(f"{path}: {why}")
	EOF
}

# finds FILE TEXT: check has a finding in the file that says so.
finds() {
	grep -E "^(book/)?$1:[0-9:]* .*$2" out && return
	echo "no finding of $1 with '$2' in:"
	cat out
	return 1
}

me() {
	put .kith/config <<<$'[book]\nme = me'
	put me.ini <<<'name = Me'
}

# says_json PYTHON: what the file out holds, as `it`, is so.
says_json() {
	python3 -c "
import json
it = json.load(open('out'))
assert $1, json.dumps(it, indent=1)"
}
