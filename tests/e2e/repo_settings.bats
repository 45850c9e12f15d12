# What a repository is set up to do, kith has done as `git commit` has: hooks, signatures, filters,
# names. And what somebody likes git to print does not matter.
# shellcheck disable=SC2030,SC2031 # KITH_BOOK is each test's own
load lib
load git

# ---- hooks, as git commit runs them ----

@test "a hook that lets pass sees what is committed, and nothing that is staged besides" {
	repo
	contacts
	others
	hook pre-commit 'git diff --cached --name-only >saw' 'echo chatter'
	printf '%s\n' /saw >>book/.git/info/exclude
	state >before
	kith set ada title=baker
	expect_nothing 0
	[ "$(cat book/saw)" = ada.ini ]
	in_head ada.ini
	state | diff before -
}

@test "a hook that refuses: saved, not committed, and what it says is told; later it catches up" {
	repo
	contacts
	others
	state >before
	hook pre-commit 'echo "no commits on a Saturday" >&2' 'exit 1'
	saved_only set ada title=baker
	grep -q 'no commits on a Saturday' err
	grep -qx 'title = baker' book/ada.ini
	saved_only log ben tea
	state | sed '/ada.ini/d; /ben.ini/d' | diff before -
	rm book/.git/hooks/pre-commit
	kith save
	has_status 0
	in_head ada.ini ben.ini
	state | diff before -
	sound
}

@test "a hook that changes the message" {
	repo
	contacts
	commit_all
	# shellcheck disable=SC2016 # for the hook
	hook commit-msg 'echo "Ticket: 7" >>"$1"'
	kith set ada title=baker
	has_status 0
	in_book log -1 --format=%B | grep -qx 'Ticket: 7'
	[ "$(told)" = set ]
	clean
}

@test "core.hooksPath names the hooks, and those afterwards run, too" {
	repo
	contacts
	commit_all
	in_book config core.hooksPath "$PWD/elsewhere"
	hook post-commit "echo done >>'$PWD/ran'"
	kith set ada title=baker
	expect_err 0 'ada: title'
	[ "$(cat ran)" = 'done' ]
	clean
}

@test "hooks in a folder of the repository itself, which refuse" {
	repo
	contacts
	in_book config core.hooksPath .hooks
	commit_all
	hook pre-commit 'exit 1'
	saved_only set ada title=baker
	rm -r book/.hooks
	kith save
	in_head ada.ini
	clean
}

@test "every hook that git commit runs is run" {
	local name names=(pre-commit prepare-commit-msg commit-msg post-commit reference-transaction)
	repo
	contacts
	commit_all
	for name in "${names[@]}"; do
		rm -rf book/.git/hooks
		hook "$name" "echo $name >>'$PWD/ran'"
		kith set ada "title=$name"
		has_status 0
		grep -qx "$name" ran || { echo "not run: $name"; return 1; }
		clean
	done
}

@test "a hook that cannot be executed is none" {
	repo
	contacts
	commit_all
	hook pre-commit 'exit 1'
	chmod -x book/.git/hooks/pre-commit
	kith set ada title=baker
	expect_err 0 'ada: title'
	clean
}

@test "no monitor of git's is started by reading or writing" {
	local command
	repo
	contacts
	commit_all
	printf '%s\n' '#!/bin/sh' "echo >>'$PWD/ran'" >monitor
	chmod +x monitor
	in_book config core.fsmonitor "$PWD/monitor"
	for command in 'set ada title=baker' history diff 'show ada' save undo; do
		# shellcheck disable=SC2086 # words
		kith $command
	done
	[ ! -e ran ]
	in_book status --porcelain
	[ -e ran ]
}

# ---- signed ----

# signer EXIT-STATUS: stands in for gpg.
signer() {
	cat >gpg <<-EOF
		#!/bin/sh
		cat >/dev/null
		[ $1 -eq 0 ] || { echo "gpg: no secret key" >&2; exit $1; }
		printf '%s\n' '-----BEGIN PGP SIGNATURE-----' '' nobody '-----END PGP SIGNATURE-----'
		printf '\n[GNUPG:] SIG_CREATED D 1 8 00 0 0\n' >&2
	EOF
	chmod +x gpg
	in_book config gpg.program "$PWD/gpg"
	in_book config commit.gpgsign true
}

@test "commit.gpgsign: every commit is signed" {
	local commit
	repo
	contacts
	commit_all
	signer 0
	echo 'org = Ruiz' >>book/ada.ini
	kith set ada title=baker
	expect_err 0 'ada: title'
	[ "$(subjects | wc -l)" -eq 3 ]
	for commit in HEAD HEAD^; do
		in_book cat-file commit "$commit" | grep -q '^gpgsig '
	done
	clean
}

# signs PLACE: kith signs a commit; PLACE is where it was told to.
signs() {
	kith set ada "title=$1"
	has_status 0
	in_book cat-file commit HEAD | grep -q '^gpgsig ' || { echo "not signed: $1"; return 1; }
	clean
}

@test "the user's settings count wherever they are" {
	repo
	contacts
	commit_all
	signer 0
	in_book config --unset gpg.program
	in_book config --unset commit.gpgsign
	printf '[commit]\n\tgpgSign = yes\n[gpg]\n\tprogram = %s\n' "$PWD/gpg" >settings

	GIT_CONFIG_GLOBAL=$PWD/settings signs global

	cp settings home/.gitconfig
	(unset GIT_CONFIG_GLOBAL && signs home)
	rm home/.gitconfig

	mkdir -p home/.config/git
	cp settings home/.config/git/config
	(unset GIT_CONFIG_GLOBAL && signs XDG)
	rm home/.config/git/config

	in_book config include.path "$PWD/settings"
	signs include
	in_book config --unset include.path

	in_book config "includeIf.gitdir:$PWD/book/.path" "$PWD/settings"
	signs includeIf
	in_book config --remove-section "includeIf.gitdir:$PWD/book/"

	in_book config "includeIf.onbranch:main.path" "$PWD/settings"
	signs onbranch
	in_book config --remove-section "includeIf.onbranch:main"

	in_book config extensions.worktreeConfig true
	cp settings book/.git/config.worktree
	signs worktree
	rm book/.git/config.worktree

	kith set ada title=unsigned
	run -1 grep gpgsig <(in_book cat-file commit HEAD)
}

@test "commit.gpgsign without the key: saved, not committed, and caught up with it" {
	repo
	contacts
	commit_all
	signer 2
	saved_only set ada title=baker
	saved_only new Tom Weld
	signer 0
	kith save
	has_status 0
	in_head ada.ini tom-weld.ini
	in_book cat-file commit HEAD | grep -q '^gpgsig '
	clean
}

# ---- encrypted, as by git-crypt ----

# crypt [CLEAN SMUDGE]: contacts are filtered so; else small letters are turned by half the alphabet.
crypt() {
	repo
	echo '*.ini filter=crypt diff=crypt' >book/.gitattributes
	in_book config filter.crypt.clean "${1:-tr a-z n-za-m}"
	in_book config filter.crypt.smudge "${2:-tr a-z n-za-m}"
	in_book config filter.crypt.required true
}

# no_object_has TEXT: neither a file nor a message.
no_object_has() {
	[ "$(in_book cat-file --batch-all-objects --batch | grep -a -c -e "$1")" -eq 0 ]
}

@test "no plain text gets past a filter, not in a message either" {
	crypt
	contacts
	commit_all
	no_object_has 'name = '
	echo 'note = of hushed words' >>book/ada.ini
	kith set ada title=hushed-one
	expect_err 0 'ada: title'
	kith set ada email+=hushed-two@ok.example tags+=hushed-three
	kith tag '#friend' +hushed-four
	kith log ada,ben hushed-five
	kith new Tom Weld email=hushed-six@ok.example
	kith rm -f ben
	kith rename ada adele
	kith undo
	kith save
	in_book cat-file --filters HEAD:ada.ini | cmp - book/ada.ini
	in_book cat-file blob HEAD:ada.ini | grep -q 'anzr = Aqn'
	no_object_has hushed
	in_book cat-file --batch-all-objects --batch | grep -a -q 'uhfurq-bar'
	no_object_has 'name = '
	clean
}

# read_through CLEAN SMUDGE: with this filter kith reads and takes back what was.
read_through() {
	local was
	rm -rf book
	crypt "$@"
	contacts
	commit_all
	was=$(cat book/ada.ini)
	kith set ada title=baker
	kith history ada
	has_status 0
	grep -q '^  title  *+ baker$' out
	echo 'title = cook' >>book/ben.ini
	kith diff ben
	expect 1 <<-'END'
		ben
		  title  + cook
	END
	kith show ada --at HEAD^ --raw
	expect 0 <<<"$was"
	kith undo
	has_status 0
	holds ada.ini <<<"$was"
	kith rm -f ada
	kith restore ada
	has_status 0
	holds ada.ini <<<"$was"
	kith rename ada adele
	kith undo
	has_status 0
	holds ada.ini <<<"$was"
	kith save
	clean
}

@test "what a filter made unreadable is read through it, and taken back" {
	# shellcheck disable=SC2016 # for the filter
	read_through "printf '\\0GITCRYPT\\0'; tr a-z n-za-m" 'tail -c +11 | tr a-z n-za-m'
	in_book cat-file blob HEAD:ada.ini | head -c 10 | od -c | grep -q G
}

@test "the same where a filter makes other text of it" {
	read_through base64 'base64 -d'
	read_through
}

@test "an attribute alone, without the filter: nothing is committed in plain text" {
	crypt
	contacts
	commit_all
	in_book config --remove-section filter.crypt
	saved_only set ada title=hushed
	grep -qx 'title = hushed' book/ada.ini
	no_object_has hushed
	in_book config filter.crypt.clean 'tr a-z n-za-m'
	in_book config filter.crypt.smudge 'tr a-z n-za-m'
	kith save
	has_status 0
	no_object_has hushed
	in_book cat-file --filters HEAD:ada.ini | cmp - book/ada.ini
}

@test "a filter that fails: saved, not committed, caught up when it works" {
	crypt
	contacts
	commit_all
	in_book config filter.crypt.clean false
	saved_only set ada title=hushed
	no_object_has hushed
	in_book config filter.crypt.clean 'tr a-z n-za-m'
	kith save
	has_status 0
	no_object_has hushed
	clean
}

# hushes PLACE: nothing of a new word gets into history.
hushes() {
	kith set ada "title=hushed"
	has_status 0
	no_object_has hushed || { echo "in plain text: $1"; return 1; }
	in_book cat-file --batch-all-objects --batch | grep -a -q uhfurq
}

@test "a filter counts wherever it is named" {
	local where
	for where in book/.gitattributes book/.git/info/attributes attributes \
		home/.config/git/attributes macro index parent path; do
		rm -rf book larger home/.config
		KITH_BOOK=$PWD/book
		crypt
		in_book config core.attributesFile "$PWD/attributes"
		case $where in
		macro) printf '[attr]secret filter=crypt -diff\n*.ini secret\n' >book/.gitattributes ;;
		index) ;;
		parent)
			mkdir larger
			mv book/.git book/.gitattributes larger
			KITH_BOOK=$PWD/larger/people
			;;
		path) printf '/a*.ini filter=crypt\n/z* -filter\n' >book/.gitattributes ;;
		home*)
			in_book config --unset core.attributesFile
			mkdir -p home/.config/git
			mv book/.gitattributes "$where"
			;;
		*) [ "$where" = book/.gitattributes ] || mv book/.gitattributes "$where" ;;
		esac
		contacts
		commit_all
		if [ "$where" = index ]; then
			rm book/.gitattributes
			saved_only set ada title=hushed
			no_object_has hushed
			continue
		fi
		hushes "$where"
		rm -f attributes
	done
}

@test "a filter that git runs as one long process" {
	crypt
	contacts
	in_book config filter.crypt.process "$PWD/process"
	commit_all 2>/dev/null || true
	printf '%s\n' '#!/bin/sh' 'exit 1' >process
	chmod +x process
	saved_only set ada title=hushed
	no_object_has hushed
}

# ---- what else is set ----

@test "what git likes to print is no matter to kith" {
	local command
	repo
	put ünï.ini <<<'name = Ünï'
	contacts
	commit_all
	kith set ada title=baker
	kith rename ben benjamin
	echo 'org = Ruiz' >>book/yan.ini
	for command in 'history' 'history --json' 'history benjamin' 'diff' 'diff --json' 'show ada --at HEAD~2'; do
		# shellcheck disable=SC2086 # words
		kith $command
		cat out
	done >before
	[ "$(wc -l <before)" -gt 30 ]
	cat >>book/.git/config <<-'EOF'
		[color]
			ui = always
		[log]
			showSignature = true
			date = relative
			decorate = full
			follow = true
			mailmap = true
		[format]
			pretty = oneline
		[core]
			quotePath = true
			abbrev = 4
			pager = cat; echo paged
			commentChar = a
			whitespace = trailing-space
			precomposeUnicode = true
		[diff]
			renames = copies
			noprefix = true
			mnemonicPrefix = true
			external = echo external
			submodule = log
			ignoreSubmodules = all
			algorithm = patience
			relative = true
		[status]
			showUntrackedFiles = no
			relativePaths = false
			short = true
			branch = true
		[commit]
			cleanup = strip
			template = nowhere
			verbose = true
			status = false
		[i18n]
			logOutputEncoding = UTF-16
		[column]
			ui = always
		[alias]
			log = version
			commit = version
			status = version
		[push]
			gpgSign = true
		[rerere]
			enabled = true
		[advice]
			detachedHead = true
	EOF
	for command in 'history' 'history --json' 'history benjamin' 'diff' 'diff --json' 'show ada --at HEAD~2'; do
		# shellcheck disable=SC2086 # words
		kith $command
		cat out
	done | diff before -
	by_program
	kith set ada title=cook
	[ "$(git -C book -c i18n.logOutputEncoding=UTF-8 -c format.pretty=medium log -1 --format=%s)" = 'ada: title' ]
	kith save
	kith set yan title=cook
	kith undo
	has_status 0
	in_head ada.ini yan.ini
	put new.ini <<<'name = New'
	kith save
	in_head new.ini
}

@test "a message says what it says, in whatever encoding it is to be" {
	local way
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		put ünï.ini <<<'name = Ünï'
		commit_all
		[ "$way" = library ] || by_program
		in_book config i18n.commitEncoding ISO-8859-1
		kith tag name: +größe
		has_status 0
		[ "$(in_book -c i18n.logOutputEncoding=UTF-8 log -1 --format=%s)" = 'ünï: +tags größe' ]
		clean
		kith history
		grep -q 'größe' out
	done
}

# ---- whose it is ----

@test "a repository of somebody else: written, not committed, and git's advice is given" {
	[ "$(id -u)" -eq 0 ] || skip "only root can give files away"
	local head
	repo
	contacts
	commit_all
	head=$(in_book rev-parse HEAD)
	chown -R 65534 book/.git book
	sums book/.git >before
	kith set ada title=baker
	expect_nothing 0
	grep -q 'safe\.directory' err
	grep -qx 'title = baker' book/ada.ini
	sums book/.git | grep -v /kith/ | diff before -
	for safe in "$PWD/book" '*'; do
		printf '[safe]\n\tdirectory = %s\n' "$safe" >config
		GIT_CONFIG_GLOBAL=$PWD/config kith set zoe "title=of $safe"
		has_status 0
	done
	export GIT_CONFIG_GLOBAL=$PWD/config
	[ "$(in_book rev-list --count "$head..HEAD")" -ge 2 ]
	in_head ada.ini zoe.ini
	clean
}

# ---- the environment ----

@test "GIT_DIR and its like are about another repository, which stays untouched" {
	local way
	repo_at other
	KITH_BOOK=$PWD/other
	contacts
	commit_all
	sums other >before
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		(
			export GIT_DIR=$PWD/other/.git GIT_WORK_TREE=$PWD/other \
				GIT_INDEX_FILE=$PWD/other/.git/index GIT_PREFIX=x/ GIT_NAMESPACE=space \
				GIT_OBJECT_DIRECTORY=$PWD/other/.git/objects GIT_COMMON_DIR=$PWD/other/.git
			echo 'title = cook' >>"$KITH_BOOK/yan.ini"
			kith set ada title=baker
			expect_err 0 'ada: title'
			kith save
			has_status 0
			kith history ada
			has_status 0
			grep -q title out
			kith undo
			has_status 0
		)
		in_head ada.ini yan.ini
		clean
		sums other | diff before -
	done
}

# who: author and committer of HEAD.
who() {
	in_book log -1 --format='%an <%ae>, %cn <%ce>'
}

@test "author and committer: from the environment, else from the settings" {
	local way
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		kith set ada title=one
		[ "$(who)" = 'Ada <ada@ok.example>, Ada <ada@ok.example>' ]
		GIT_AUTHOR_NAME=Eve GIT_AUTHOR_EMAIL=eve@ok.example kith set ada title=two
		[ "$(who)" = 'Eve <eve@ok.example>, Ada <ada@ok.example>' ]
		GIT_COMMITTER_NAME=Cy GIT_COMMITTER_EMAIL=cy@ok.example kith set ada title=three
		[ "$(who)" = 'Ada <ada@ok.example>, Cy <cy@ok.example>' ]
		in_book config author.name Art
		in_book config committer.email com@ok.example
		kith set ada title=four
		[ "$(who)" = 'Art <ada@ok.example>, Ada <com@ok.example>' ]
	done
}

@test "dates: from the environment, as git writes them, else from KITH_NOW" {
	local way date
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		kith set ada title=none
		[ "$(in_book log -1 --format='%aI %cI')" = '2026-11-21T12:00:00+00:00 2026-11-21T12:00:00+00:00' ]
		for date in 2026-01-02T03:04:05+0130 '1767317645 +0130' '@1767317645 +0130' \
			'Fri, 2 Jan 2026 03:04:05 +0130'; do
			GIT_AUTHOR_DATE=$date kith set ada "title=$date"
			[ "$(in_book log -1 --format=%aI)" = 2026-01-02T03:04:05+01:30 ] ||
				{ echo "$way: $date"; return 1; }
		done
	done
}

@test "nobody is named: committed all the same, in a name that is stated" {
	local way
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		in_book config --remove-section user
		kith set ada title=baker
		expect_nothing 0
		in_head ada.ini
		[[ $(who) =~ ^[^\<]+\ \<[^\>]+\>,\ [^\<]+\ \<[^\>]+\>$ ]]
		clean
	done
}

@test "a name that is empty, or no name at all, harms no commit" {
	local way name n=0
	for way in library program; do
		KITH_BOOK=$PWD/$way
		repo
		contacts
		commit_all
		[ "$way" = library ] || by_program
		for name in '' ' ' '<>' $'A\nB' $'A\033[31mB' $'\r\t' 'A <a@b> C' '.,:;'; do
			in_book config user.name "$name"
			in_book config user.email "$name"
			kith set ada "title=by $((n += 1))"
			expect_nothing 0
			in_head ada.ini || { echo "$way: '$name'"; return 1; }
			clean
			GIT_AUTHOR_NAME=$name GIT_AUTHOR_EMAIL=$name kith set ada "title=by $((n += 1))"
			expect_nothing 0
			in_head ada.ini || { echo "$way: '$name' in the environment"; return 1; }
			clean
		done
	done
}

# ---- messages ----

# Every message is lines of visible text.
messages_are_text() {
	in_book log --format=%B >messages
	run -1 env LC_ALL=C grep -a '[[:cntrl:]]' messages
	run -1 grep -aP '\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]' messages
}

@test "names of files stay names: in the tree as they are, in messages visible" {
	local name names=() long
	long=$(printf 'x%.0s' {1..240})
	for name in $'new\nline' $'e\033[2Jsc' '-rf' 'quo"te' "ap'os" 'back\slash' 'sp ace' 'ünï' \
		$'tab\there' $'c1\xc2\x9b31m' $'bidi\xe2\x80\xae' ':(glob)x' 'st*r' '#hash' 'HEAD' "$long"; do
		names+=("./$name.ini")
	done
	repo
	contacts
	commit_all
	for name in "${names[@]}"; do
		put "$name" <<<'name = Tom'
	done
	kith save
	has_status 0
	clean
	in_head "${names[@]#./}"
	messages_are_text
	kith tag Tom +met
	has_status 0
	clean
	in_head "${names[@]#./}"
	messages_are_text
	[ "$(told)" = tag ]
	[ "$(in_book log -1 --format=%s | wc -l)" -eq 1 ]
	[ "$(in_book log -1 --format=%s | wc -m)" -lt 200 ]
}

@test "what a contact says becomes no line of a message of its own" {
	repo
	put kith.ini <<<'name = Kith'
	put ada.ini < <(printf 'name = Ada\n')
	commit_all
	printf 'e\033]0;x\007il = 1\ntags = a\033[31mb, Kith: undo 1\n' >>book/ada.ini
	kith set ada title=baker
	has_status 0
	[ "$(told)" = set ] && [ "$(told HEAD^)" = hand ]
	kith tag '' +met || kith tag '(name:ada OR name:kith)' +met
	[ "$(told)" = tag ]
	clean
	messages_are_text
}
