# A repository that is damaged, locked or not what it seems: the contact is saved, what became of
# history is said, and a later command makes up for it.
# shellcheck disable=SC2016 # what is damaged is $file, and said so in words for eval
load lib
load git

# A book with two contacts and a commit of each, by kith.
book() {
	repo
	put ada.ini <<<'name = Ada'
	put ben.ini <<<'name = Ben'
	commit_all
	kith -q set ada title=cook
	kith -q set ben title=cook
	clean
	roots=$(in_book rev-list --max-parents=0 HEAD)
}

# saved FILE LINE: the contact says it, and the command that wrote it was content.
saved() {
	has_status 0 && grep -qxF -e "$2" "$KITH_BOOK/$1"
}

# set_baker: kith set works, whatever becomes of history.
set_baker() {
	kith set ada title=baker
	saved ada.ini 'title = baker' && grep -qx 'ada: title' err && expect_nothing 0
}

# not_committed: set_baker, and stderr says that it is not in history, and why: PATTERN.
not_committed() {
	set_baker
	grep 'not committed' err | grep -q -e "$1"
}

# later: the next command of its own accord, and another time save, commits all.
later() {
	cp -a book again
	kith set ben title=smith
	has_status 0
	in_head ada.ini ben.ini
	whole
	rm -rf book
	mv again book
	saved_later
}

# saved_later: the same where nothing could be noted, so that only save can know.
saved_later() {
	kith save
	has_status 0
	in_head ada.ini
	whole
}


# Nothing is left to commit, and history goes on from where it was.
whole() {
	clean
	[ "$(in_book rev-list --max-parents=0 HEAD)" = "$roots" ]
	[ -z "$(find book/.git -name '*.lock')" ]
}

# ---- the index ----

@test "an index that is empty, garbage, cut off or missing is made anew" {
	local damage file=book/.git/index
	book
	mv book good
	for damage in ': >$file' 'echo garbage >$file' 'truncate -s 40 $file' 'truncate -s -1 $file' \
		'printf xxxx | dd status=none conv=notrunc bs=1 seek=30 of=$file' 'rm $file'; do
		rm -rf book
		cp -a good book
		eval "$damage"
		set_baker
		in_head ada.ini || { echo "after: $damage"; return 1; }
		grep -q 'index' err || { echo "silent: $damage"; return 1; }
		whole || { echo "after: $damage"; return 1; }
		kith set ada title=smith
		expect_err 0 'ada: title'
		whole
	done
}

@test "an index made anew knows what was changed besides" {
	book
	echo 'org = Ruiz' >>book/ben.ini
	echo x >book/notes.txt
	rm book/.git/index
	set_baker
	state | diff - <(printf '%s\n' ' M ben.ini' '?? notes.txt')
}

@test "an index that is a folder: saved, and caught up when it is gone" {
	book
	rm book/.git/index
	mkdir book/.git/index
	set_baker
	grep -q 'index' err
	rmdir book/.git/index
	later
}

# by_modes COMMAND...: root, to whom modes mean nothing, runs it without that right.
by_modes() {
	[ "$(id -u)" -ne 0 ] || set -- setpriv --inh-caps=-all \
		--bounding-set=-dac_override,-dac_read_search "$@"
	"$@"
}

@test "what may not be read: index, HEAD, refs, objects: saved, and caught up when it may" {
	local file
	book
	for file in index HEAD refs/heads/main objects refs config; do
		chmod 000 "book/.git/$file"
		status=0
		by_modes kith set ada "title=$file" >out 2>err || status=$?
		saved ada.ini "title = $file"
		grep -qx 'ada: title' err
		if [ "$file" != index ]; then
			grep -q 'not committed' err || { echo "silent: $file"; return 1; }
		fi
		chmod 755 "book/.git/$file"
		kith set ben "title=$file"
		in_head ada.ini ben.ini || { echo "after: $file"; cat err; return 1; }
		whole
	done
}

# ---- locks ----

@test "a lock that is left behind: saved, said, and caught up when it is gone" {
	local lock
	book
	mv book good
	for lock in index.lock HEAD.lock refs/heads/main.lock packed-refs.lock config.lock \
		objects/maintenance.lock; do
		rm -rf book again
		cp -a good book
		: >"book/.git/$lock"
		set_baker || { echo "with: $lock"; return 1; }
		[ "$(cat err)" = 'ada: title' ] || grep -q '\.lock' err || { cat err; return 1; }
		[ "$(cat err)" != 'ada: title' ] || whole_with "$lock"
		[ -e "book/.git/$lock" ]
		rm "book/.git/$lock"
		later || { echo "after: $lock"; return 1; }
	done
}

# Where nothing was said, nothing is lacking, but that the lock is still there.
whole_with() {
	mv "book/.git/$1" lock
	whole
	mv lock "book/.git/$1"
}

@test "a lock that is there for a moment is waited for" {
	strace -qq -o /dev/null true 2>/dev/null || skip "strace may not trace here"
	export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0
	local stopped lock=$PWD/book/.git/index.lock
	book
	: >"$lock"
	: >trace
	strace -f -qq -o trace -P "$lock" -e trace=%file -e inject=%file:signal=STOP:when=1 \
		kith set ada title=baker >out 2>err &
	until grep -q 'stopped by SIGSTOP' trace; do
		kill -0 $!
	done
	rm "$lock"
	# It is stopped once by each kind of call.
	stopped=$(sed -n 's/^\([0-9]*\) .*stopped by SIGSTOP.*/\1/p;T;q' trace)
	while kill -CONT "$stopped" 2>/dev/null; do
		:
	done
	wait $!
	says 'ada: title'
	in_head ada.ini
	whole
}

@test "a lock is waited for no longer than a user would" {
	local start=$EPOCHSECONDS
	book
	: >book/.git/refs/heads/main.lock
	: >book/.git/index.lock
	set_baker
	[ $((EPOCHSECONDS - start)) -lt 10 ]
}

# ---- objects ----

# object_path REV: the file of a loose object.
object_path() {
	local name
	name=$(in_book rev-parse --verify "$1")
	echo "book/.git/objects/${name:0:2}/${name:2}"
}

# hollow REV: that object is an empty file, as power loss leaves one.
hollow() {
	local file
	file=$(object_path "$1")
	chmod u+w "$file"
	: >"$file"
}

@test "an empty object under the name of what is to be stored does not hinder" {
	local blob
	book
	printf 'name = Ada\ntitle = baker\n' >baker
	blob=$(in_book hash-object -w --stdin <baker)
	hollow "$blob"
	set_baker
	in_head ada.ini
	whole
}

@test "the same where the git program commits" {
	local blob
	book
	by_program
	printf 'name = Ada\ntitle = baker\n' >baker
	blob=$(in_book hash-object -w --stdin <baker)
	hollow "$blob"
	set_baker
	kith save
	in_head ada.ini
	whole
}

@test "an empty object in history: saved, and no commit is lost over it" {
	local what file
	book
	mv book good
	for what in HEAD 'HEAD^{tree}' HEAD:ada.ini HEAD:ben.ini 'HEAD^' 'HEAD^^{tree}'; do
		rm -rf book again
		cp -a good book
		file=$(object_path "$what")
		cp "$file" object
		hollow "$what"
		set_baker || { echo "with: $what"; return 1; }
		rm -f "$file"
		cp object "$file"
		[ -e again ] || later || { echo "after: $what"; return 1; }
	done
}

@test "an object that is missing: the same" {
	local what file
	book
	mv book good
	for what in HEAD 'HEAD^{tree}' HEAD:ada.ini; do
		rm -rf book again
		cp -a good book
		file=$(object_path "$what")
		mv "$file" object
		set_baker || { echo "with: $what"; return 1; }
		mkdir -p "$(dirname "$file")"
		mv -f object "$file"
		later || { echo "after: $what"; return 1; }
	done
}

# ---- HEAD and branches ----

# unmended FILE: it is as the test left it, in the file wrong, or gone as that is.
unmended() {
	if [ -e wrong ]; then
		cmp wrong "book/.git/$1"
	else
		[ ! -e "book/.git/$1" ]
	fi
}

@test "HEAD missing, empty, garbage, a folder: saved, not committed, nothing made anew; caught up" {
	local damage file=book/.git/HEAD
	book
	cp book/.git/HEAD HEAD
	mv book good
	for damage in 'rm $file' ': >$file' 'echo garbage >$file' 'head -c 100 /dev/zero >$file' \
		'rm $file; mkdir $file'; do
		rm -rf book again wrong
		cp -a good book
		eval "$damage"
		[ ! -f book/.git/HEAD ] || cp book/.git/HEAD wrong
		not_committed HEAD || { echo "with: $damage"; cat err; return 1; }
		[ -d book/.git/HEAD ] || unmended HEAD
		rm -rf book/.git/HEAD
		cp HEAD book/.git/HEAD
		later || { echo "after: $damage"; return 1; }
	done
}

@test "the branch's ref empty, garbage or missing: no commit without the ones before" {
	local damage file=book/.git/refs/heads/main
	book
	cp book/.git/refs/heads/main main
	mv book good
	for damage in ': >$file' 'echo garbage >$file' 'head -c 41 /dev/zero >$file' \
		'truncate -s 20 $file' 'echo 0123456789012345678901234567890123456789 >$file' 'rm $file'; do
		rm -rf book again wrong
		cp -a good book
		eval "$damage"
		[ ! -f book/.git/refs/heads/main ] || cp book/.git/refs/heads/main wrong
		not_committed main || { echo "with: $damage"; cat err; return 1; }
		unmended refs/heads/main || { echo "mended: $damage"; return 1; }
		cp main book/.git/refs/heads/main
		later || { echo "after: $damage"; return 1; }
	done
}

@test "a branch that is meant to begin anew does" {
	book
	in_book checkout -q --orphan fresh
	in_book rm -q -r --cached .
	set_baker
	[ "$(changed_in | head -n 1)" = ada.ini ]
	in_head ada.ini
	[ "$(in_book rev-list --count HEAD)" -le 2 ]
	sound
}

@test "no .git any more: a plain folder" {
	book
	rm -rf book/.git
	kith set ada title=baker
	expect_err 0 'ada: title'
	[ ! -e book/.git ]
}

@test "a .git that is nothing: saved, said, and left as it is" {
	local damage
	book
	mv book/.git good
	for damage in ': >book/.git' 'echo garbage >book/.git' \
		'ln -s nowhere book/.git' 'echo gitdir: nowhere >book/.git'; do
		rm -rf book/.git
		eval "$damage"
		put ada.ini <<<$'name = Ada\ntitle = cook'
		not_committed . || { echo "with: $damage"; cat err; return 1; }
	done
	rm -rf book/.git
	mv good book/.git
	saved_later
}

# ---- ignored, rewritten ----

@test "rules that ignore contacts do not keep them out of history" {
	local rule
	book
	for rule in book/.gitignore book/.git/info/exclude excludes; do
		in_book config core.excludesFile "$PWD/excludes"
		printf '*.ini\n*\n' >"$rule"
		kith new "Tom Weld $(basename "$rule")"
		has_status 0
		in_head "$(cat out).ini"
		kith set ada "title=$rule"
		expect_err 0 'ada: title'
		in_head ada.ini
		put "by-hand-$(basename "$rule" | tr -d .).ini" <<<'name = By Hand'
		kith save
		has_status 0
		in_head "by-hand-$(basename "$rule" | tr -d .).ini"
		rm "$rule"
		state | grep -v '^??' | diff /dev/null -
	done
}

@test "no attribute rewrites a contact on its way into history" {
	local rule where n=0
	book
	printf 'name = Ada\nnote = cost $Id: 42 dollars$ and $Id$\n' | put ada.ini
	printf 'name = Zoe\r\nnote = $Id$ in CRLF\r\n' | put zoe.ini
	for rule in ident eol=crlf text text=auto 'text eol=lf' 'working-tree-encoding=UTF-16' \
		'text working-tree-encoding=UTF-16LE-BOM' 'binary' '-text -diff' 'export-subst'; do
		for where in book/.gitattributes book/.git/info/attributes attributes; do
			in_book config core.attributesFile "$PWD/attributes"
			echo "* $rule" >"$where"
			kith set ada "title=$((n += 1))"
			has_status 0
			kith set zoe "title=$n"
			has_status 0
			in_head ada.ini zoe.ini || { echo "with: $rule in $where"; return 1; }
			rm "$where"
		done
	done
	sound
}

@test "nor do settings about line ends" {
	local setting
	book
	printf 'name = Zoe\r\nnote = CRLF\r\n' | put zoe.ini
	for setting in core.autocrlf=true core.autocrlf=input core.eol=crlf core.safecrlf=true; do
		in_book config "${setting%=*}" "${setting#*=}"
		kith set zoe "title=$setting"
		has_status 0
		kith set ada "title=$setting"
		has_status 0
		in_head ada.ini zoe.ini || { echo "with: $setting"; return 1; }
	done
	sound
}

# ---- what points elsewhere ----

# A repository of others, with files of theirs.
other_repo() {
	repo_at other
	echo x >other/notes.txt
	git -C other add notes.txt
	git -C other commit -q -m theirs
	sums other >other.before
}

@test "core.worktree elsewhere: nothing is read or written there" {
	book
	other_repo
	sums book/.git >before
	in_book config core.worktree "$PWD/other"
	sums book/.git >before
	not_committed 'core\.worktree'
	sums other | diff other.before -
	sums book/.git | grep -v /kith/ | diff before -
	git config --file book/.git/config --unset core.worktree
	saved_later
}

@test "a .git file that points to another repository: it gets no commit" {
	book
	other_repo
	mv book/.git good
	echo "gitdir: $PWD/other/.git" >book/.git
	not_committed .
	sums other | diff other.before -
	kith save
	sums other | diff other.before -
	rm book/.git
	mv good book/.git
	saved_later
}

@test "a .git that is a link to another repository: the same" {
	book
	other_repo
	mv book/.git good
	ln -s ../other/.git book/.git
	set_baker
	sums other | diff other.before -
	rm book/.git
	mv good book/.git
	saved_later
}

@test "a repository that says it is bare: saved, not committed, caught up when it is not" {
	book
	in_book config core.bare true
	not_committed bare
	git config --file book/.git/config core.bare false
	saved_later
}

@test "settings that are garbage: saved, not committed, caught up" {
	book
	cp book/.git/config config
	echo '[core' >>book/.git/config
	not_committed config
	cp config book/.git/config
	later
}

# ---- what is removed ----

@test "where history cannot keep it, a contact that it never had is not removed" {
	book
	echo 'title = only here' >book/zoe.ini
	: >book/.git/refs/heads/main
	kith rm -f zoe
	[ "$status" -ne 0 ]
	holds zoe.ini <<<'title = only here'
	[ "$(grep -c zoe err)" -ge 1 ]
}

@test "what was changed by hand and is removed can be had back" {
	book
	echo 'org = only here' >>book/ada.ini
	cp book/ada.ini was
	kith rm -f ada
	has_status 0
	gone ada.ini
	in_book cat-file blob HEAD^:ada.ini | cmp - was
	clean
}

# ---- the clock ----

@test "a clock in 1969 or 2106: committed, and the repository stays sound" {
	local way day
	for way in library program; do
		rm -rf book
		book
		[ "$way" = library ] || by_program
		for day in 1969-06-01 1970-01-01 2106-03-01 2038-01-20 9999-12-31; do
			KITH_NOW=$day kith set ada "title=in $day"
			saved ada.ini "title = in $day"
			in_head ada.ini || { echo "$way: $day"; return 1; }
			whole
			if [ "${day%%-*}" -gt 1969 ]; then
				[ "$(in_book log -1 --format=%as)" = "$day" ]
			else
				[ "$(in_book log -1 --format=%at)" -eq 0 ]
			fi
		done
	done
}

@test "dates in the environment that git refuses cost no contact" {
	local date
	book
	for date in 1969-06-01T12:00:00Z '@-86400 +0000' 'no date' '' '@4294967296 +0000' \
		'@99999999999999999999 +0000' $'@1 +0000\nx'; do
		GIT_COMMITTER_DATE=$date GIT_AUTHOR_DATE=$date kith set ada "title=$(cksum <<<"$date")"
		saved ada.ini "title = $(cksum <<<"$date")"
		kith save
		has_status 0
		in_head ada.ini || { echo "with: $date"; return 1; }
		whole
	done
}
