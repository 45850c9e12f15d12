#!/usr/bin/env bash
# crowd - sixteen who read a book while four write it: tests/e2e/crowd.bash ROUNDS
#
# Each writer sets a number in a contact of its own and logs it in one of all, again and
# again, and must find each at once. Each reader notes, with every answer, what was certainly
# written before it asked; no answer may lack that, tell what nobody wrote, or go back behind
# an answer before. Some readers are content with the index as it is: theirs must be whole.
# Works in the current folder, on an empty book $KITH_BOOK; needs kith in PATH.
set -u
rounds=$1 writers=4 readers=16 people=60
said=$(mktemp -d) || exit 2
trap 'rm -rf "$said"' EXIT

make_book() {
	local i
	for ((i = 1; i <= people; i++)); do
		echo "title = nobody" >"$KITH_BOOK/p$i.ini"
	done
	for ((i = 1; i <= writers; i++)); do
		echo "title = turn 0" >"$KITH_BOOK/own-$i.ini"
		echo 0 >"$said/done-$i"
	done
	echo "name = Shared" >"$KITH_BOOK/shared.ini"
}

wrong() {
	echo "$*"
	: >"$said/wrong"
}

write_rounds() {
	local w=$1 n
	for ((n = 1; n <= rounds; n++)); do
		kith -q set "own-$w" "title=turn $n" || wrong "writer $w: set: exit status $?"
		kith -q log shared "call: from $w: $n." || wrong "writer $w: log: exit status $?"
		[ "$(kith list --format '{id}' "title=\"turn $n\"" "own-$w")" = "own-$w" ] ||
			wrong "writer $w does not find its turn $n"
		[ -z "$(kith -q list "title=\"turn $((n - 1))\"" "own-$w")" ] ||
			wrong "writer $w finds its turn $((n - 1)) still"
		echo "$n" >"$said/done-$w"
	done
}

# What was certainly written: "done WRITER NUMBER".
note_done() {
	local w n
	for ((w = 1; w <= writers; w++)); do
		n=
		read -r n <"$said/done-$w"
		echo "done $w ${n:-0}"
	done
}

# ask NAME ARGS: an answer between two lines of ours.
ask() {
	echo "begin $1"
	shift
	kith "$@"
	echo "end $?"
}

read_on() {
	local r=$1 cached=
	[ "$r" -gt 3 ] || cached=--cached
	until [ -e "$said/enough" ]; do
		note_done
		ask "titles$cached" list $cached --format '{id} {title}' turn
		note_done
		ask "log$cached" grep $cached -a '= call: from'
	done >"$said/reader-$r" 2>"$said/errors-$r"
}

# Judge the answers of one reader; the last line counts them.
judge() {
	awk -v writers="$writers" -v rounds="$rounds" '
		function wrong(what) { print FILENAME ":" FNR ": " what; bad = 1 }
		/^done/ { floor[$2] = $3; next }
		/^begin/ {
			name = $2
			cached = name ~ /cached/
			for (w = 1; w <= writers; w++)
				now[w] = name ~ /^titles/ ? -1 : 0
			next
		}
		/^end/ {
			answers++
			if ($2 != 0 && !(name ~ /^log/ && $2 == 1))
				wrong("exit status " $2)
			for (w = 1; w <= writers; w++) {
				if (now[w] < 0)
					wrong("nothing of " w)
				if (now[w] > rounds)
					wrong("nobody wrote " now[w])
				if (!cached && now[w] < floor[w])
					wrong(now[w] " of " w " when " floor[w] " was written")
				if (!cached && now[w] < last[name, w])
					wrong(now[w] " of " w " after " last[name, w])
				last[name, w] = now[w]
			}
			next
		}
		name ~ /^titles/ && /^own-[0-9] turn [0-9]+$/ {
			w = substr($1, 5)
			if (now[w] >= 0)
				wrong(w " twice")
			now[w] = $3 + 0
			next
		}
		name ~ /^log/ && /= call: from [0-9]: [0-9]+\.$/ {
			w = $(NF - 1) + 0
			if ($NF + 0 != now[w] + 1)
				wrong($NF " of " w " after " now[w])
			now[w] = $NF + 0
			next
		}
		{ wrong("unexpected: " $0) }
		END { print answers + 0; exit bad }' "$1"
}

make_book
jobs=()
for ((r = 1; r <= readers; r++)); do
	read_on "$r" &
	jobs+=($!)
done
writing=()
for ((w = 1; w <= writers; w++)); do
	write_rounds "$w" &
	writing+=($!)
done
wait "${writing[@]}"
: >"$said/enough"
wait "${jobs[@]}"

answers=0
for ((r = 1; r <= readers; r++)); do
	judge "$said/reader-$r" >"$said/judged" || { head -n 20 "$said/judged"; wrong "reader $r"; }
	given=$(tail -n 1 "$said/judged")
	[ "${given:-0}" -gt 0 ] || wrong "reader $r: no answer at all"
	answers=$((answers + given))
	[ ! -s "$said/errors-$r" ] || { sort "$said/errors-$r" | uniq -c; wrong "reader $r: stderr"; }
done
echo "$((writers * rounds)) rounds, $answers answers"
[ -n "$(find "${XDG_CACHE_HOME:-$HOME/.cache}" -name index.db -size +8k)" ] || wrong 'no index is left'
[ ! -e "$said/wrong" ]
