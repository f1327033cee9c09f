# One makefile for the whole tree.  It finds files by wildcard: a new .c, .sql
# or .1 file, a new test or a new tool folder needs no edit here.  "make help"
# prints the targets, from the comments that start with two number signs.

PREFIX	?= /usr/local
BINDIR	?= $(PREFIX)/bin
DATADIR	?= $(PREFIX)/share
MANDIR	?= $(DATADIR)/man
CFLAGS	?= -O2 -g
AWK	?= awk
PKG_CONFIG ?= pkg-config
B	?= build

VERSION	:= 0.1

# Debian ships libpg_query without a .pc file, brew keeps libpq to itself.
BREW	:= $(wildcard /opt/homebrew)
PG_QUERY_CFLAGS ?= $(BREW:%=-I%/include)
PG_QUERY_LIBS ?= $(BREW:%=-L%/lib) -lpg_query -lprotobuf-c
ifneq ($(BREW),)
export PKG_CONFIG_PATH := $(BREW)/opt/libpq/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

DRY_RUN	:= $(findstring n,$(firstword -$(MAKEFLAGS)))
MAKEFLAGS += --no-builtin-rules

ROOMS	:= $(sort $(patsubst lib/%/,%,$(dir $(wildcard lib/*/*.c))))
TOOLS	:= $(notdir $(wildcard tools/tb-*))
PROGS	:= $(TOOLS:%=$(B)/bin/%)
MANPAGES := $(wildcard tools/tb-*/*.1)

LIBSRC	:= $(wildcard $(ROOMS:%=lib/%/*.c))
TOOLSRC	:= $(wildcard $(TOOLS:%=tools/%/*.c))
UNITSRC	:= $(wildcard tests/unit/*.c)
UNITS	:= $(UNITSRC:tests/unit/%.c=$(B)/unit/%)
# Programs that a test drives: tests/NAME/*.c, one each.
DRIVERSRC := $(wildcard tests/alembic/*.c)
DRIVERS	:= $(DRIVERSRC:tests/%.c=$(B)/%)
HEADERS	:= $(wildcard lib/*/*.h tools/tb-*/*.h tests/unit/*.h)
CODE	:= $(LIBSRC) $(TOOLSRC) $(UNITSRC) $(DRIVERSRC) $(HEADERS)
SQLFILES := $(wildcard $(ROOMS:%=lib/%/sql/*.sql) $(TOOLS:%=tools/%/sql/*.sql))

# Tables of embedded files: sql/*.sql of each room, catalog/rules/*.rules.
LIBSQL	:= $(ROOMS) catalog_rules
SQLOBJ	:= $(LIBSQL:%=$(B)/sql/%.o) $(TOOLS:%=$(B)/sql/%.o)
LIBOBJ	:= $(LIBSRC:%.c=$(B)/%.o) $(LIBSQL:%=$(B)/sql/%.o)
OBJ	:= $(LIBSRC:%.c=$(B)/%.o) $(TOOLSRC:%.c=$(B)/%.o) \
	$(UNITSRC:%.c=$(B)/%.o) $(DRIVERSRC:%.c=$(B)/%.o) $(SQLOBJ)

all: $(B)/libtb.a $(PROGS) ## the programs, in build/bin

# --- What the machine has -------------------------------------------------
#
# Before anything else, deps.sh installs what the goals need and cannot find,
# and probe.sh asks the compiler for its flags.  Both leave a file in $(B), so
# the next make does not ask again.

GOALS	:= $(or $(MAKECMDGOALS),all)
NEEDS	:= build \
	$(if $(filter demo check% bench ci,$(GOALS)),run) \
	$(if $(filter check% ci,$(GOALS)),check) \
	$(if $(filter lint% format ci,$(GOALS)),lint)
space	:= $(subst x,,x x)
DEPS_OK	:= $(B)/stamp/deps-$(subst $(space),-,$(strip $(NEEDS)))
# Another compiler has other flags.
CONFIG	:= $(B)/config-$(subst /,_,$(subst $(space),_,$(CC))).mk

ifneq ($(filter-out clean help deps uninstall,$(GOALS)),)
ifneq ($(DRY_RUN),)
-include $(wildcard $(CONFIG))
else
include $(CONFIG)
endif
endif

run_deps = CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' \
	PG_QUERY_CFLAGS='$(PG_QUERY_CFLAGS)' PG_QUERY_LIBS='$(PG_QUERY_LIBS)' \
	lib/build/deps.sh

$(DEPS_OK): lib/build/deps.sh
	@mkdir -p $(@D)
	@$(run_deps) $(NEEDS)
	@touch $@

$(CONFIG): lib/build/probe.sh $(if $(filter no,$(DEPS)),,| $(DEPS_OK))
	@mkdir -p $(@D)
	@CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' lib/build/probe.sh >$@.tmp
	@mv $@.tmp $@

deps: ## install what is missing; the others do it too, unless DEPS=no
	@$(run_deps) build run check lint

# --- Flags ----------------------------------------------------------------
#
# CPPFLAGS, CFLAGS, LDFLAGS and LDLIBS belong to the user and come last; what
# the code needs has names of its own, which they cannot take away.

TB_CPPFLAGS := -Ilib -D_GNU_SOURCE -DTB_VERSION='"$(VERSION)"' \
	$(PKG_CFLAGS) $(PG_QUERY_CFLAGS)
TB_CFLAGS := -std=c11 -Wall -Wextra $(PROBED_PEDANTIC) -Wformat=2 -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wwrite-strings -Wpointer-arith -Wcast-qual -Wundef -Wvla \
	-Wimplicit-fallthrough $(PROBED_WARN) $(PROBED_HARDEN) \
	$(PROBED_PIE_CFLAGS)
TB_LDFLAGS := $(PROBED_PIE_LDFLAGS) $(PROBED_LDFLAGS)
TB_LDLIBS := $(PKG_LIBS) $(PG_QUERY_LIBS) -lm

ifneq ($(WERROR),)
TB_CFLAGS += -Werror
endif
ifneq ($(SANITIZE),)
TB_CFLAGS += -fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
else ifneq ($(filter-out -O0,$(lastword $(filter -O%,$(CFLAGS)))),)
# Fortified functions come from the optimizer; without it the headers warn.
TB_CPPFLAGS += $(PROBED_FORTIFY)
endif

COMPILE	= $(CC) $(TB_CPPFLAGS) $(CPPFLAGS) $(TB_CFLAGS) $(CFLAGS)
LINK	= $(CC) $(TB_CFLAGS) $(CFLAGS) $(TB_LDFLAGS) $(LDFLAGS)
LIBS	= $(TB_LDLIBS) $(LDLIBS)

# "make V=1" prints the commands, otherwise one short line each.
Q	:= $(if $(V),,@)
brief	= $(if $(V),,@printf '%-7s %s\n' $(1) $(patsubst $(B)/%,%,$@))

# --- Compiling ------------------------------------------------------------

# A stamp holds one line of text and is touched when the text changes.  What
# depends on it is made again after other flags were given, and after a file
# was added or taken away.
stamp	= @mkdir -p $(@D); new='$(subst ','\'',$(strip $(1)))'; \
	[ -e $@ ] && IFS= read -r old <$@ && [ "$$old" = "$$new" ] || \
	printf '%s\n' "$$new" >$@

$(B)/stamp/flags: FORCE
	$(call stamp,$(COMPILE) $(LINK) $(LIBS))

$(B)/stamp/lib: FORCE
	$(call stamp,$(LIBOBJ))

$(B)/%.o: %.c $(B)/stamp/flags
	@mkdir -p $(@D)
	$(call brief,CC)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(B)/libtb.a: $(LIBOBJ) $(B)/stamp/lib
	$(call brief,AR)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(LIBOBJ)

# sqlfiles FOLDER,EXT: its files, sorted by their names without ".EXT".
sqlfiles = $(addsuffix .$(2),$(sort $(basename $(wildcard $(1)/*.$(2)))))

# table NAME,FOLDER,ARRAY,EXT: the .EXT files of a folder as a C array.
define table
$(B)/stamp/sql-$(1): FORCE
	$$(call stamp,$$(call sqlfiles,$(2),$(4)))
$(B)/sql/$(1).c: $(call sqlfiles,$(2),$(4)) $(B)/stamp/sql-$(1) \
		lib/build/sql2c.awk
	@mkdir -p $$(@D)
	$$(call brief,SQL)
	$$(Q)LC_ALL=C $(AWK) -v table=$(3) -f lib/build/sql2c.awk \
	    $$(filter %.$(4),$$^) >$$@.tmp </dev/null
	@mv $$@.tmp $$@
$(B)/sql/$(1).o: $(B)/sql/$(1).c $(B)/stamp/flags
	$$(call brief,CC)
	$$(Q)$$(COMPILE) -Wno-overlength-strings -MMD -MP -c -o $$@ $$<
endef
$(foreach r,$(ROOMS),$(eval $(call table,$(r),lib/$(r)/sql,tb_$(r)_sql,sql)))
$(foreach t,$(TOOLS),$(eval $(call table,$(t),tools/$(t)/sql,tool_sql,sql)))
$(eval $(call table,catalog_rules,lib/catalog/rules,tb_catalog_rules,rules))

# tool NAME: a program, of every .c in its folder.
define tool
$(B)/stamp/tool-$(1): FORCE
	$$(call stamp,$$(wildcard tools/$(1)/*.c))
$(B)/bin/$(1): $(patsubst %.c,$(B)/%.o,$(wildcard tools/$(1)/*.c)) \
		$(B)/sql/$(1).o $(B)/libtb.a $(B)/stamp/tool-$(1)
	@mkdir -p $$(@D)
	$$(call brief,LINK)
	$$(Q)$$(LINK) -o $$@ $$(filter %.o %.a,$$^) $$(LIBS)
endef
$(foreach t,$(TOOLS),$(eval $(call tool,$(t))))

unit: $(UNITS) $(DRIVERS) ## the unit test programs, in build/unit

$(UNITS) $(DRIVERS): $(B)/%: $(B)/tests/%.o $(B)/libtb.a
	@mkdir -p $(@D)
	$(call brief,LINK)
	$(Q)$(LINK) -o $@ $(filter %.o %.a,$^) $(LIBS)

# --- Running --------------------------------------------------------------

ABS_B	:= $(abspath $(B))
WITH_PROGS = B='$(ABS_B)' PATH="$(ABS_B)/bin:$$PATH"

demo: all ## set up, migrate, verify and watch TradeBot's database, privately
	@$(WITH_PROGS) etc/demo.sh

check: all unit ## every test; TESTS='FILE...' for some of them
	@$(WITH_PROGS) tests/run $(TESTS)

# A sanitizer's report must not pass for an answer of the program.
check-asan: ## the tests again, with address and undefined behaviour sanitizers
	@ASAN_OPTIONS="exitcode=99:$$ASAN_OPTIONS" \
	    $(MAKE) --no-print-directory DEPS=no B='$(B)/asan' \
	    SANITIZE=address,undefined check

check-alembic: all unit ## the whole comparison with Alembic (minutes)
	@$(WITH_PROGS) tests/alembic/run 2000 1 || [ $$? -eq 77 ]
	@$(WITH_PROGS) sh -c 'for t in tests/alembic/real*; do \
	    [ ! -x "$$t" ] || "$$t" || exit; done'

check-faults: all ## kill, cut and fill a few hundred runs (minutes)
	@$(WITH_PROGS) tests/fault/run

check-mutate: all ## change a database at random, N=300 times (minutes); SEED=
	@$(WITH_PROGS) tests/mutate/run $(or $(N),300) $(SEED)

check-regression: all ## no false alarm on PostgreSQL's own regression database
	@$(WITH_PROGS) tb-cluster run -- tests/verify_regression $(PG_REGRESS)

bench: all ## measure the programs
	@$(WITH_PROGS) tests/bench/run

# --- Looking over ---------------------------------------------------------

LINTS	:= format gcc clang headers layers banned size api tidy cppcheck sql \
	man shell

lint: ## every static check; each is also a target of its own:
	@B='$(B)' MAKE='$(MAKE)' lib/build/lint.sh $(LINTS)

lint-format: ## .c and .h are laid out as clang-format 14 does it
	@lib/build/format.sh --check $(CODE)

lint-gcc: ## gcc has no warnings
	@$(MAKE) -s DEPS=no B='$(B)/lint-gcc' CC=gcc WERROR=1 all unit

lint-clang: ## clang has no warnings
	@$(MAKE) -s DEPS=no B='$(B)/lint-clang' CC=clang WERROR=1 all unit

lint-headers: $(HEADERS:%=$(B)/headers/%.ok) ## each header compiles alone

lint-layers: ## no include goes up (lib/LAYERS)
	@$(AWK) -f lib/build/layers.awk lib/LAYERS $(filter lib/% tools/%,$(CODE))

lint-banned: ## no call of strcpy and its like
	@$(AWK) -f lib/build/banned.awk $(filter lib/% tools/%,$(CODE))

lint-size: ## functions up to 100 lines, files up to 800
	@$(AWK) -f lib/build/size.awk $(CODE)

lint-api: all unit ## what the library exports is called tb_ and is in a header
	@B='$(B)' lib/build/api.sh $(LIBOBJ)

# Slow, so two at a time, and only what changed since the last look.
TIDY	:= $(LIBSRC) $(TOOLSRC) $(UNITSRC) $(DRIVERSRC)
lint-tidy: ## clang-tidy has no complaints (.clang-tidy)
	@$(MAKE) -s -k $(if $(findstring -j,$(MAKEFLAGS)),,-j2) DEPS=no \
	    $(TIDY:%=$(B)/tidy/%.ok)

lint-cppcheck: ## cppcheck has no complaints
	@mkdir -p $(B)/cppcheck
	@cppcheck --quiet --error-exitcode=1 --std=c11 --inline-suppr -j 2 \
	    --suppress=varFuncNullUB \
	    --enable=warning,performance,portability \
	    --suppress=normalCheckLevelMaxBranches \
	    --cppcheck-build-dir=$(B)/cppcheck -Ilib -D_GNU_SOURCE \
	    -DTB_VERSION='"$(VERSION)"' $(LIBSRC) $(TOOLSRC) $(UNITSRC) $(DRIVERSRC)

lint-sql: ## each embedded .sql file is one statement with qualified names
	@$(AWK) -f lib/build/sqllint.awk $(SQLFILES) </dev/null

lint-man: ## mandoc has no complaints
	@$(if $(MANPAGES),mandoc -Tlint -Wwarning $(MANPAGES))

lint-shell: ## shellcheck has no complaints
	@lib/build/shell.sh

$(B)/headers/%.ok: % $(B)/stamp/flags
	@mkdir -p $(@D)
	@$(COMPILE) -Werror -fsyntax-only -MD -MP -MT $@ -MF $@.d -x c $<
	@touch $@

# The object depends on every header that counts.
$(B)/tidy/%.c.ok: %.c .clang-tidy $(B)/%.o
	@mkdir -p $(@D)
	$(call brief,TIDY)
	@clang-tidy --quiet --warnings-as-errors='*' $< -- \
	    $(TB_CPPFLAGS) $(CPPFLAGS) -std=c11 2>$@.err || \
	    { grep -v 'warnings* generated' $@.err >&2; exit 1; }
	@touch $@

format: ## lay out .c and .h with clang-format 14
	@lib/build/format.sh $(CODE)

compile_commands.json: all ## for language servers
	@{ for c in $(LIBSRC) $(TOOLSRC) $(UNITSRC) $(DRIVERSRC); do \
	    printf '%s{ "directory": "%s", "file": "%s", "arguments": [' \
	        "$${comma-[}" '$(CURDIR)' "$$c"; \
	    printf '"%s", ' $(subst ",\",$(COMPILE)); \
	    printf '"-c", "%s"] }\n' "$$c"; comma=', '; \
	done; echo ']'; } >$@

# --- Installing -----------------------------------------------------------

install_sh = BINDIR='$(BINDIR)' DATADIR='$(DATADIR)' MANDIR='$(MANDIR)' \
	DESTDIR='$(DESTDIR)' lib/build/install.sh

install: all ## programs, pages, completion and etc, under DESTDIR and PREFIX
	@$(install_sh) install $(B)/bin $(TOOLS)

uninstall: ## remove what install put there
	@$(install_sh) uninstall $(B)/bin $(TOOLS)

clean: ## remove what was built
	rm -rf $(B) compile_commands.json

help: ## this text
	@$(AWK) -F ':.*## ' '/^[a-z][a-z_.-]*:.*## / { printf "%-22s %s\n", \
	    "make " $$1, $$2 }' Makefile

.PHONY: all deps unit demo check check-asan check-alembic check-faults check-mutate check-regression bench lint $(LINTS:%=lint-%) \
	format install uninstall clean help FORCE
.SECONDARY: $(OBJ) $(SQLOBJ:.o=.c)
.DELETE_ON_ERROR:
-include $(wildcard $(OBJ:.o=.d) $(HEADERS:%=$(B)/headers/%.ok.d))
