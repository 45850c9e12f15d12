# The book in other people's repositories: what they have set up, staged and under way stays so.
load lib
load git

# A contact that is staged and one that is changed belong to others, too, until they are touched.
other_contacts() {
	echo 'title = cook' >>"$KITH_BOOK/zoe.ini"
	in_book add zoe.ini
	echo 'title = judge' >>"$KITH_BOOK/yan.ini"
}

# ---- what else is there ----

# Every command that writes makes one commit, and changes nothing else that git status tells.
others_stay() {
	local command head
	other_contacts
	state >before
	while read -r command; do
		head=$(in_book rev-parse HEAD)
		# shellcheck disable=SC2086 # words
		EDITOR='echo org = Ruiz >>' kith $command
		has_status 0 || { echo "of: $command"; return 1; }
		state | diff before - || { echo "after: $command"; return 1; }
		[ "$(in_book rev-list --count "$head..HEAD")" -eq 1 ] || { echo "commits: $command"; return 1; }
	done <<-'EOF'
		new Tom Weld email=tom@weld.example
		set ada title=baker
		unset ada title
		tag #friend +met
		todo ada friday ring
		done ada
		log ada,ben call: about the convention
		edit ada
		rename ada adele
		rm -f ben
		restore ben
		set ben title=smith
		undo
	EOF
	sound
	kith save
	has_status 0
	grep -v '[.]ini$' before | diff - <(state)
	in_head yan.ini zoe.ini adele.ini ben.ini tom-weld.ini
	sound
}

@test "what else is staged, changed or untracked stays so, whatever kith writes" {
	repo
	contacts
	others
	others_stay
}

@test "it stays so when the git program commits" {
	repo
	contacts
	by_program
	others
	others_stay
}

@test "it stays so around a book that is a folder of the repository" {
	repo_at larger
	KITH_BOOK=$PWD/larger/people
	contacts
	others
	others_stay
	run ! grep -v '^people/' <(in_book log --format= --name-only "$(in_book rev-list --max-parents=0 HEAD)..HEAD")
}

@test "what is staged of the contact itself is an edit by hand, and committed before" {
	repo
	contacts
	commit_all
	echo 'title = cook' >>book/ada.ini
	in_book add ada.ini
	echo 'org = Ruiz' >>book/ada.ini
	kith set ada phone=1
	expect_err 0 'ada: phone'
	[ "$(subjects | wc -l)" -eq 3 ]
	[ "$(told HEAD^)" = hand ] && [ "$(told)" = set ]
	clean
}

@test "a file's mode stays" {
	local way
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		chmod 755 "$KITH_BOOK/ada.ini"
		commit_all
		[ "$way" = library ] || by_program
		kith set ada title=baker
		has_status 0
		[ "$(in_book ls-tree --format='%(objectmode)' HEAD ada.ini)" = 100755 ]
		clean
	done
}

@test "folders appear in history with their first contact, and go with their last" {
	local way
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		mkdir "$KITH_BOOK/work"
		put work/tom.ini <<<'name = Tom'
		put work-out.ini <<<'name = Ann'
		commit_all
		[ "$way" = library ] || by_program
		kith new Work
		kith new Work0
		kith new Work Zoe --in work
		kith rename ada work/
		has_status 0
		[ "$(in_book ls-tree -r --name-only HEAD)" = "$(cd "$KITH_BOOK" && find . -name '*.ini' | cut -c 3- | sort)" ]
		clean
		kith rm -f work/tom
		kith rm -f ada
		kith rm -f work-zoe
		has_status 0
		[ -z "$(in_book ls-tree HEAD work)" ]
		[ -n "$(in_book ls-tree HEAD work.ini)" ]
		clean
	done
}

@test "where HEAD was is remembered as git does" {
	local way before
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		before=$(in_book rev-parse HEAD)
		kith set ada title=baker
		[ "$(in_book rev-parse 'HEAD@{1}' 'main@{1}')" = "$before"$'\n'"$before" ]
		in_book reflog -1 --format=%gs | grep -q 'ada: title'
	done
}

@test "forty who write at once: every change is in history, once" {
	local i jobs
	repo
	contacts
	commit_all
	for i in {1..20}; do
		command kith -q set ada "nick+=nick $i." &
		jobs+=($!)
		command kith -q log ben "call: number $i." &
		jobs+=($!)
	done 2>said
	for i in "${jobs[@]}"; do
		wait "$i"
	done
	diff /dev/null said
	clean
	[ "$(subjects | wc -l)" -eq 41 ]
	[ "$(grep -c '^nick = ' book/ada.ini)" -eq 20 ]
}

@test "a user who commits, collects and looks meanwhile loses nothing, nor does kith" {
	local i jobs=() mine=0 writing
	repo
	contacts
	commit_all
	(
		for i in {1..20}; do
			command kith -q set ada "nick+=nick $i." || echo "set $i: $?"
		done
	) >failed 2>said &
	writing=$!
	for ((i = 1; i <= 3 || mine == 0; i++)); do
		echo "$i" >"book/notes.txt"
		in_book add notes.txt 2>/dev/null && in_book commit -q -m "mine $i" -- notes.txt 2>/dev/null &&
			mine=$((mine + 1))
		in_book status --porcelain >/dev/null
		in_book gc -q 2>/dev/null || true
	done
	wait "$writing"
	diff /dev/null failed
	[ "$(grep -c '^nick = ' book/ada.ini)" -eq 20 ]
	in_book add notes.txt
	in_book commit -q --allow-empty -m mine -- notes.txt
	kith save
	has_status 0
	clean
	[ "$(subjects | grep -c '^mine [0-9]')" -eq "$mine" ]
}

@test "in_head and clean can fail" {
	repo
	contacts
	commit_all
	in_head ada.ini
	clean
	echo 'title = cook' >>book/ada.ini
	run -1 in_head ada.ini
	run -1 clean
	in_book update-ref refs/heads/other "$(in_book rev-parse 'HEAD^{tree}')" 2>/dev/null || true
	echo 0123456789012345678901234567890123456789 >book/.git/refs/heads/other
	run -1 sound
}

@test "a conflict that git stash left in another file stays one" {
	repo
	contacts
	echo 1 >book/notes.txt
	commit_all
	echo 2 >book/notes.txt
	in_book stash -q
	echo 3 >book/notes.txt
	commit_all
	run in_book stash pop -q
	state | grep -q '^UU notes.txt$'
	state >before
	kith set ada title=baker
	expect_err 0 'ada: title'
	state | diff before -
	in_head ada.ini
	sound
}

# ---- where the book is ----

@test "a larger repository that does not track the book gets no commit, ever" {
	local command
	repo_at larger
	echo x >larger/notes.txt
	git -C larger add notes.txt
	git -C larger commit -q -m one
	KITH_BOOK=$PWD/larger/people
	contacts
	sums larger/.git >before
	while read -r command; do
		# shellcheck disable=SC2086 # words
		EDITOR='echo org = Ruiz >>' kith $command
		[[ $command =~ ^(undo|restore|save) ]] || has_status 0
		sums larger/.git | diff before - || { echo "after: $command"; return 1; }
	done <<-'EOF'
		new Tom Weld email=tom@weld.example
		set ada title=baker
		unset ada title
		tag #friend +met
		todo ada friday ring
		done ada
		log ada,ben call: about the convention
		edit ada
		rename ada adele
		set ben title=smith
		save
		undo
		restore adele title
		rm -f ben
	EOF
	[ ! -e larger/people/.git ]
}

@test "init makes no repository in one, and commits nothing there" {
	repo_at larger
	echo x >larger/notes.txt
	git -C larger add notes.txt
	git -C larger commit -q -m one
	git -C larger rev-parse HEAD >before
	kith init larger/people
	has_status 0
	grep -q "larger" err
	[ ! -e larger/people/.git ] && [ -f larger/people/.kith/config ]
	git -C larger rev-parse HEAD | diff before -
}

@test "a contact that is new in a folder of a larger repository is committed" {
	repo_at larger
	KITH_BOOK=$PWD/larger/people
	contacts
	commit_all
	kith new Tom Weld
	has_status 0
	[ "$(changed_in)" = people/tom-weld.ini ]
	clean
}

@test "a linked work tree commits to its own branch" {
	local way
	for way in library program; do
		repo_at "$way"
		KITH_BOOK=$PWD/$way
		contacts
		commit_all
		[ "$way" = library ] || by_program
		in_book worktree add -q "$PWD/$way-linked" -b side
		KITH_BOOK=$PWD/$way-linked
		kith set ada title=baker
		expect_err 0 'ada: title'
		subjects | diff - <(printf '%s\n' 'ada: title' 'by hand')
		in_head ada.ini
		clean
		[ "$(git -C "$way" log --format=%s main)" = 'by hand' ]
		KITH_BOOK=$PWD/$way
		clean
	done
}

@test "a submodule commits in itself" {
	repo
	contacts
	commit_all
	repo_at larger
	git -C larger -c protocol.file.allow=always submodule --quiet add "$PWD/book" people
	git -C larger commit -q -m one
	KITH_BOOK=$PWD/larger/people
	in_book checkout -q --detach
	kith set ada title=baker
	has_status 0
	subjects | diff - <(printf '%s\n' 'ada: title' 'by hand')
	clean
	[ "$(git -C larger log --format=%s)" = one ]
	[ "$(git -C larger status --porcelain)" = ' M people' ]
}

@test "a repository within the book keeps its files, and gets no commit" {
	local way
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		repo_at "$KITH_BOOK/work"
		put work/tom.ini <<<'name = Tom'
		git -C "$KITH_BOOK/work" add .
		git -C "$KITH_BOOK/work" commit -q -m theirs
		sums "$KITH_BOOK/work/.git" >before
		kith set tom title=baker
		has_status 0
		kith set ada title=baker
		kith save
		in_head ada.ini
		[ -z "$(in_book ls-tree HEAD work)" ] || { in_book ls-tree -r HEAD work; return 1; }
		sums "$KITH_BOOK/work/.git" | diff before -
	done
}

@test "a submodule within the book stays one" {
	local way
	repo_at other
	echo 'name = Tom' >other/tom.ini
	git -C other add .
	git -C other commit -q -m theirs
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		in_book -c protocol.file.allow=always submodule --quiet add "$PWD/other" work
		commit_all
		[ "$way" = library ] || by_program
		kith set tom title=baker
		has_status 0
		kith set ada title=baker
		kith save
		in_head ada.ini
		[ "$(in_book ls-tree --format='%(objecttype)' HEAD work)" = commit ]
		state | diff - <(echo ' M work')
		[ "$(git -C "$KITH_BOOK/work" log --format=%s)" = theirs ]
	done
}

@test "a folder with an odd name, by way of a link" {
	local way real
	for way in library program; do
		real="$PWD/it's a \"bo*k\" ünd [mo:re] $way"
		KITH_BOOK=$real
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		ln -s "$real" "link-$way"
		KITH_BOOK=$PWD/link-$way
		kith set ada title=baker
		expect_err 0 'ada: title'
		kith new Tom Weld
		in_head ada.ini tom-weld.ini
		clean
		kith history ada
		has_status 0
		grep -q title out
	done
}

@test "a link to a folder of a larger repository" {
	repo_at larger
	KITH_BOOK=$PWD/larger/people
	contacts
	commit_all
	ln -s larger/people link
	KITH_BOOK=$PWD/link
	kith set ada title=baker
	expect_err 0 'ada: title'
	in_head ada.ini
	clean
}

# ---- where HEAD is ----

@test "a detached HEAD moves on, and no branch does" {
	local way
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		in_book checkout -q --detach
		kith set ada title=baker
		has_status 0
		in_head ada.ini
		clean
		run -1 in_book symbolic-ref -q HEAD
		[ "$(subjects main)" = 'by hand' ]
		[ "$(in_book rev-parse HEAD^)" = "$(in_book rev-parse main)" ]
	done
}

@test "before the first commit the contact makes it, and what is staged stays so" {
	local way
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		[ "$way" = library ] || by_program
		in_book add zoe.ini
		kith set ada title=baker
		has_status 0
		[ "$(changed_in)" = ada.ini ]
		in_head ada.ini
		state | diff - <(printf '%s\n' 'A  zoe.ini' '?? ben.ini' '?? yan.ini')
		sound
		kith new Tom Weld
		has_status 0
		in_head tom-weld.ini
	done
}

# ---- what is under way ----

# Contacts, and two branches that cannot be merged, for a file of others.
branches() {
	repo
	contacts
	echo 1 >book/notes.txt
	commit_all
	in_book checkout -q -b other
	echo 2 >book/notes.txt
	commit_all theirs
	in_book checkout -q main
	echo 3 >book/notes.txt
	commit_all ours
}

# waits GIT-ARGS: after that git is amid something, and kith writes but commits nothing.
waits() {
	branches
	in_book "$@" >said 2>&1 || true
	state >before
	saved_only set ada title=baker
	saved_only log ben tea
	state | sed '/ada.ini/d; /ben.ini/d' | diff before -
	in_book diff --cached --quiet -- ada.ini ben.ini
	kith save
	run -1 in_head ada.ini
}

# goes_on GIT-ARGS: that ends it, and the next command catches up.
goes_on() {
	in_book checkout -q -f HEAD -- notes.txt
	in_book "$@"
	kith set zoe title=cook
	has_status 0
	in_head ada.ini ben.ini zoe.ini
	clean
	[ "$(in_book log --merges --format=%s -- ada.ini | wc -l)" -eq 0 ]
}

@test "amid a merge: written, not committed, caught up afterwards" {
	waits merge other
	[ -f book/.git/MERGE_HEAD ]
	echo 4 >book/notes.txt
	in_book add notes.txt
	in_book commit -q -m merged
	run -1 in_head ada.ini
	kith set zoe title=cook
	has_status 0
	in_head ada.ini ben.ini zoe.ini
	clean
}

@test "save catches up, too" {
	waits merge other
	in_book merge --quit
	in_book checkout -q -f HEAD -- notes.txt
	kith save
	has_status 0
	in_head ada.ini ben.ini
	clean
}

@test "amid a rebase: written, not committed, caught up afterwards" {
	waits rebase other
	[ -d book/.git/rebase-merge ]
	goes_on rebase --quit
}

@test "amid git am: written, not committed, caught up afterwards" {
	branches
	in_book format-patch -q -1 other -o "$PWD"
	rm -rf book
	waits am "$PWD/0001-theirs.patch"
	[ -d book/.git/rebase-apply ]
	goes_on am --quit
}

@test "amid a cherry-pick: written, not committed, caught up afterwards" {
	waits cherry-pick other
	[ -f book/.git/CHERRY_PICK_HEAD ]
	goes_on cherry-pick --quit
}

@test "amid a revert: written, not committed, caught up afterwards" {
	waits revert --no-edit other
	[ -f book/.git/REVERT_HEAD ]
	goes_on revert --quit
}

@test "amid a bisection: written, not committed, caught up afterwards" {
	waits bisect start
	[ -f book/.git/BISECT_LOG ]
	goes_on bisect reset
}

# ---- how it is stored ----

# commits [FILE...]: kith commits as ever: an edit, a new contact, one that goes.
commits() {
	kith set ada title=baker
	expect_err 0 'ada: title'
	kith new Tom Weld
	has_status 0
	kith rm -f ben
	has_status 0
	[ "$(in_book log -3 --format='%(trailers:key=Kith,valueonly,separator=%x2c)')" = $'rm\nnew\nset' ]
	in_head ada.ini tom-weld.ini
	run -128 in_book cat-file -e HEAD:./ben.ini
	sound
}

@test "a shallow clone" {
	repo_at whole
	KITH_BOOK=$PWD/whole
	contacts
	commit_all one
	echo 'title = x' >>whole/yan.ini
	commit_all two
	git clone -q --depth 1 "file://$PWD/whole" shallow
	KITH_BOOK=$PWD/shallow
	in_book config user.name Ada
	in_book config user.email ada@ok.example
	commits
	clean
	[ -s shallow/.git/shallow ]
	[ "$(subjects | wc -l)" -eq 4 ]
}

@test "object names of sha256" {
	not_opened
	repo --object-format=sha256
	contacts
	commit_all
	commits
	clean
}

@test "an index that is split" {
	repo
	contacts
	commit_all
	in_book update-index --split-index
	commits
	clean
	[ -n "$(find book/.git -name 'sharedindex.*')" ]
}

@test "an index of version 4" {
	repo
	contacts
	commit_all
	in_book update-index --index-version 4
	commits
	clean
	[ "$(od -An -t u1 -j 7 -N 1 book/.git/index | tr -d ' ')" -eq 4 ]
}

@test "an index that knows untracked files" {
	repo
	contacts
	commit_all
	in_book update-index --untracked-cache
	in_book status --porcelain
	commits
	clean
}

@test "packed refs and objects" {
	repo
	contacts
	commit_all
	in_book gc -q
	[ -s book/.git/packed-refs ] && [ ! -e book/.git/refs/heads/main ]
	commits
	clean
}

@test "objects that another repository lends" {
	repo_at lender
	KITH_BOOK=$PWD/lender
	contacts
	commit_all
	git clone -q --shared lender borrower
	KITH_BOOK=$PWD/borrower
	in_book config user.name Ada
	in_book config user.email ada@ok.example
	sums lender >before
	commits
	clean
	sums lender | diff before -
}

# A book that is in sight in a larger repository, other folders of which are not.
sparse() {
	repo_at larger
	KITH_BOOK=$PWD/larger/people
	contacts
	mkdir -p larger/far/away
	echo 1 >larger/far/one.txt
	echo 2 >larger/far/away/two.txt
	commit_all
	git -C larger sparse-checkout set "$@" people
	[ ! -e larger/far ]
}

@test "a sparse checkout: what is not there is not removed" {
	sparse --no-cone
	commits
	clean
	in_book cat-file -e HEAD:far/away/two.txt
	[ ! -e larger/far ]
}

@test "a sparse index: the same" {
	sparse --cone --sparse-index
	in_book ls-files --sparse | grep -qx '../far/' || in_book ls-files --sparse
	commits
	clean
	in_book cat-file -e HEAD:far/away/two.txt
	[ ! -e larger/far ]
}

@test "contacts that a sparse checkout leaves out are not removed" {
	local way
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		in_book sparse-checkout set --no-cone '/*' '!/zoe.ini'
		gone zoe.ini
		kith set ada title=baker
		has_status 0
		kith save
		kith history
		in_book cat-file -e HEAD:zoe.ini
		in_head ada.ini
		clean
	done
}

@test "a format from the future: written, not committed, and left alone" {
	not_opened
	repo
	contacts
	commit_all
	in_book config core.repositoryFormatVersion 1
	in_book config extensions.refStorage futuretable
	sums book/.git >before
	kith set ada title=baker
	expect_nothing 0
	grep -q 'not committed' err
	grep -qx 'title = baker' book/ada.ini
	sums book/.git | grep -v /kith/ | diff before -
	in_book config --file book/.git/config --unset extensions.refStorage ||
		sed -i /refStorage/Id book/.git/config
	kith set zoe title=cook
	has_status 0
	in_head ada.ini zoe.ini
	clean
}

# ---- without the one, without the other, without both ----

# Only kith itself is in PATH.
without_git() {
	mkdir -p bin
	ln -sf "$(type -P kith)" bin/kith
	PATH=$PWD/bin command kith "$@"
}

# A library that is none stands before libgit2.
without_libgit2() {
	local name
	mkdir -p lib
	for name in libgit2.so libgit2.so.1.5; do
		: >"lib/$name"
	done
	LD_LIBRARY_PATH=$PWD/lib "$@"
}

@test "libgit2 commits where there is no git program" {
	repo
	contacts
	commit_all
	without_git set ada title=baker
	in_head ada.ini
	clean
}

@test "the git program commits where there is no libgit2" {
	repo
	contacts
	commit_all
	without_libgit2 commits
	clean
}

@test "without both it says so, and catches up when there is one again" {
	repo
	contacts
	commit_all
	without_libgit2 without_git set ada title=baker 2>said
	grep -q 'not committed' said
	grep -qx 'title = baker' book/ada.ini
	run -1 in_head ada.ini
	kith set zoe title=cook
	has_status 0
	in_head ada.ini zoe.ini
	clean
}
