# kith - the people you know, in plain text.
#
#	make                    build/kith and its manual pages
#	make demo               see it work
#	make test               all tests; T=doc: those with doc in their path
#	make test CC=clang SAN=address,undefined
#	make install            PREFIX=/usr/local DESTDIR=
#	make fuzz               FUZZ=doc SECONDS=600
#	make bench              against the tools people use today
#	make deps, fmt, clean

PREFIX  = /usr/local
SECONDS = 600
LIBS    = inih libutf8proc libpcre2-8 jansson sqlite3

.PHONY: all deps demo test programs headers fuzz fuzzers bench install uninstall fmt clean FORCE
.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
.DEFAULT_GOAL := all
MAKEFLAGS += --no-builtin-rules --no-print-directory

# ---- where things are built: each compiler and sanitizer has a folder, so that objects never mix

comma   := ,
VARIANT := $(filter-out cc gcc,$(notdir $(CC))) $(if $(SAN),san-$(subst $(comma),-,$(SAN)))
BUILD   := build$(if $(strip $(VARIANT)),/$(subst $() ,-,$(strip $(VARIANT))))

SRC      := $(wildcard src/*/*.c)
CMD      := $(wildcard cmd/*.c)
COMMANDS := $(BUILD)/commands.c
UNIT     := $(wildcard tests/unit/*.c)
TARGETS  := $(patsubst tests/fuzz/%.c,%,$(filter-out %/replay.c,$(wildcard tests/fuzz/*.c)))
FUZZ     := $(TARGETS)

# ---- what is needed: PACKAGE:PROOF, the proof being a program, a pkg-config name or a path

need_build := pkg-config:pkg-config libc6-dev:/usr/include/stdio.h libinih-dev:inih \
	libutf8proc-dev:libutf8proc libpcre2-dev:libpcre2-8 libjansson-dev:jansson \
	libsqlite3-dev:sqlite3 libstemmer-dev:/usr/include/libstemmer.h libgit2-dev:libgit2 git:git
need_clang := clang:clang libclang-rt-14-dev:/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux
need_test  := $(need_build) libcmocka-dev:cmocka bats:bats strace:strace tmux:tmux fzf:fzf \
	mandoc:mandoc shellcheck:shellcheck graphviz:dot jq:jq python3:python3 neomutt:neomutt mutt:mutt aerc:aerc lbdb:lbdbq \
	$(if $(filter clang%,$(CC)),$(need_clang))
need_bench := $(need_build) hyperfine:hyperfine ripgrep:rg khard:khard abook:abook \
	recutils:recsel time:/usr/bin/time
need_fuzz  := $(need_build) $(need_clang)
NEED       := $(need_build)

hash    := \#
missing = $(shell for need in $(1); do proof=$${need$(hash)*:}; \
	command -v "$$proof" >/dev/null || pkg-config --exists "$$proof" 2>/dev/null \
	|| [ -e "$$proof" ] || printf '%s ' "$${need%%:*}"; done)

# Installs with apt-get, as root or through sudo, what is not there; elsewhere it says what is missing.
deps:
	@set -- $(call missing,$(NEED)); [ $$# -gt 0 ] || exit 0; \
	echo "Missing: $$*" >&2; sudo=; \
	if ! command -v apt-get >/dev/null; then \
		echo "Please install these (they are named as in Debian)." >&2; exit 1; \
	elif [ "$$(id -u)" -ne 0 ]; then \
		sudo='sudo -n'; if [ -t 0 ]; then sudo=sudo; fi; \
		$$sudo true 2>/dev/null || { \
			echo "Please run: sudo apt-get install $$*" >&2; exit 1; }; \
	fi; \
	$$sudo apt-get update -qq >&2 && $$sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get install -qq -y --no-install-recommends "$$@" >&2

# ---- how things are compiled

STRICT := -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wvla \
	-Wformat=2 -fno-common -pthread -iquote src -iquote . $(if $(WERROR),-Werror)
ifdef SAN
CFLAGS  = -O1 -g
STRICT += -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer -DARENA_DEBUG
else
CFLAGS  = -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
endif
LDFLAGS  = -Wl,-z,relro
LIBS_CFLAGS := $(shell pkg-config --cflags $(LIBS) libgit2 2>/dev/null)
LIBS_LINKED := $(shell pkg-config --libs $(LIBS) 2>/dev/null)
COMPILE  = $(CC) $(CPPFLAGS) $(CFLAGS) $(STRICT) $(LIBS_CFLAGS)
LINK     = $(CC) $(CFLAGS) $(STRICT) $(LDFLAGS) -Wl,--as-needed
LINKED   = $(BUILD)/libcmd.a $(BUILD)/libkith.a $(LIBS_LINKED)

all: $(BUILD)/kith $(BUILD)/kith.1 $(BUILD)/kith.5

$(BUILD)/kith: $(BUILD)/cmd/main.o $(BUILD)/libcmd.a $(BUILD)/libkith.a
	$(LINK) -o $@ $< $(LINKED)

$(BUILD)/libkith.a: $(SRC:%.c=$(BUILD)/%.o)
$(BUILD)/libcmd.a: $(patsubst %.c,$(BUILD)/%.o,$(filter-out cmd/main.c,$(CMD))) $(COMMANDS:.c=.o)
$(BUILD)/%.a:
	@rm -f $@
	ar -rcs $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<
$(BUILD)/%.o: $(BUILD)/%.c $(BUILD)/flags
	$(COMPILE) -MMD -MP -c -o $@ $<

# A file made anew each time, but only touched when it differs.
KEEP = cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# Changes when the flags do, and then everything is compiled anew; the first to notice a missing library.
$(BUILD)/flags: FORCE
	@set -- $(call missing,$(need_build)); [ $$# -eq 0 ] || { \
		echo "Missing: $$*. 'make deps' installs them." >&2; exit 1; }
	@mkdir -p $(@D)
	@echo '$(COMPILE)' >$@.new; $(KEEP)

# A command is collected by its last lines: adding one is adding a file.
$(COMMANDS): FORCE
	@mkdir -p $(@D)
	@{ echo '#include "cmd/cmd.h"'; names='s/^const struct command \(cmd_[a-z_]*\) .*/'; \
	cat $(CMD) | sed -n "$$names"'extern const struct command \1;/p'; \
	echo 'const struct command *const commands[] = {'; \
	cat $(CMD) | sed -n "$$names"'	\&\1,/p'; \
	echo '	0'; echo '};'; } >$@.new; $(KEEP)

$(BUILD)/kith.%: $(BUILD)/kith
	$< help --man $* >$@
$(BUILD)/completion.%: $(BUILD)/kith
	$< completion $* >$@

# ---- showing and testing: on a fresh Debian they install what they need first

demo:
	@$(MAKE) deps
	@$(MAKE) -s all
	@sh examples/demo $(BUILD)/kith

test:
	@$(MAKE) deps NEED='$(need_test)'
	@$(MAKE) -s -j$(shell nproc) programs || { echo "0 passed, 1 failed"; exit 1; }
	@tests/run $(BUILD) '$(T)'

programs: all headers $(UNIT:%.c=$(BUILD)/%) $(TARGETS:%=$(BUILD)/tests/fuzz/%)

$(BUILD)/tests/%: private STRICT += -Wno-missing-prototypes -Wno-unused-parameter

# A unit test includes its file and lists the tests found in it.
$(BUILD)/tests/unit/%.main.c: tests/unit/%.c Makefile
	@mkdir -p $(@D)
	@{ echo '#include "$<"'; echo 'int main(void)'; echo '{'; \
	echo '	const struct CMUnitTest tests[] = {'; \
	sed -n 's/^static void \(test_[a-z0-9_]*\)(void \*\*state).*/		cmocka_unit_test(\1),/p' $<; \
	echo '	};'; echo '	return cmocka_run_group_tests_name("$*", tests, 0, 0);'; echo '}'; } >$@
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.main.o $(BUILD)/libcmd.a $(BUILD)/libkith.a
	$(LINK) -o $@ $< $(LINKED) -lcmocka

$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/replay.o $(BUILD)/libkith.a
	$(LINK) -o $@ $< $(BUILD)/tests/fuzz/replay.o $(LINKED)

# Each header by itself, so that none leans on what was included before it.
headers: $(patsubst %,$(BUILD)/%.ok,$(wildcard src/*/*.h cmd/*.h))
$(BUILD)/%.h.ok: %.h $(BUILD)/flags
	@mkdir -p $(@D)
	@echo '#include "$<"' | $(COMPILE) -MMD -MP -MT $@ -MF $@.d -fsyntax-only -x c -
	@touch $@

# ---- fuzzing: finds are kept below build/fuzz, the corpus in tests/ is only read

fuzz:
	@$(MAKE) deps NEED='$(need_fuzz)'
	@$(MAKE) CC=clang SAN=fuzzer-no-link,address,undefined -j$(words $(FUZZ)) \
		$(FUZZ:%=fuzz-%) FUZZ='$(FUZZ)' SECONDS=$(SECONDS)

fuzz-%: $(BUILD)/tests/fuzz/%.o $(BUILD)/libcmd.a $(BUILD)/libkith.a
	$(LINK) -fsanitize=fuzzer -o $(BUILD)/fuzz-$* $< $(LINKED)
	@mkdir -p build/fuzz/$*
	$(BUILD)/fuzz-$* -max_total_time=$(SECONDS) -artifact_prefix=build/fuzz/$*- \
		build/fuzz/$* $(wildcard tests/fuzz/corpus/$*)

# ---- the rest

bench:
	@$(MAKE) deps NEED='$(need_bench)' || echo "What is missing is not measured." >&2
	@$(MAKE) -s all
	@CC='$(CC)' tests/bench/run $(BUILD)

DATA = $(DESTDIR)$(PREFIX)/share
install: all $(BUILD)/completion.bash $(BUILD)/completion.zsh $(BUILD)/completion.fish
	install -D -m 755 $(BUILD)/kith $(DESTDIR)$(PREFIX)/bin/kith
	install -D -m 644 $(BUILD)/kith.1 $(DATA)/man/man1/kith.1
	install -D -m 644 $(BUILD)/kith.5 $(DATA)/man/man5/kith.5
	install -D -m 644 $(BUILD)/completion.bash $(DATA)/bash-completion/completions/kith
	install -D -m 644 $(BUILD)/completion.zsh $(DATA)/zsh/site-functions/_kith
	install -D -m 644 $(BUILD)/completion.fish $(DATA)/fish/vendor_completions.d/kith.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/kith $(DATA)/man/man1/kith.1 $(DATA)/man/man5/kith.5 \
		$(DATA)/bash-completion/completions/kith $(DATA)/zsh/site-functions/_kith \
		$(DATA)/fish/vendor_completions.d/kith.fish

fmt:
	clang-format -i $(SRC) $(CMD) $(UNIT) $(wildcard src/*/*.h cmd/*.h tests/fuzz/*.c)

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
