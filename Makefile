# kpic: the whole build, in one file that never calls itself.
#
#   make            the program, build/release/kpic
#   make help       every target
#
# Sources are found by wildcard, so a new .c file needs no line here. Everything made goes under
# build/. What differs between the builds is MODE_FLAGS_*; each mode has its own tree of objects.
#
# Machines that lack a tool: `demo` and `check` run tests/setup.sh first, and every rule that could
# need what it installs waits for it. For the same reason the flags of the libraries are asked for
# when the first recipe needs them, not when this file is read.

VERSION := 0.1.0

CC ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif
CLANG ?= clang
FLEX ?= flex
BISON ?= bison
AR ?= ar
PKG_CONFIG ?= pkg-config
WERROR := -Werror
FUZZ_SECONDS ?= 60
# Another folder than build/ keeps two builds at once apart; V=1 shows whole commands.
BUILD := build
export KPI_BUILD := $(BUILD)
Q := $(if $(V),,@)

# Two at a time unless -j was given.
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j2
endif
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

GEN := $(BUILD)/gen

# ---- what there is -------------------------------------------------------------------------------

SOURCES := $(sort $(wildcard src/*/*.c src/*/*/*.c))
# The commands are part of the library (unit tests, kpi.h); only main.c is the program.
CLI_SOURCES := src/cli/main.c
LIB_SOURCES := $(filter-out $(CLI_SOURCES),$(SOURCES))
STDLIB := $(sort $(wildcard stdlib/*.kpi))
UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c))
UNIT_EXTRA := $(sort $(filter-out $(wildcard tests/unit/test_*.c),$(wildcard tests/unit/*.c)))
FUZZ_NAMES := $(sort $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c)))
STATISTICS_SOURCES := $(sort $(wildcard tests/statistics/*.c))
SOMERSET_SOURCES := $(sort $(wildcard indicators/somerset/generator/*.c))
DIFFERENTIAL_SOURCES := $(sort $(wildcard tests/differential/*.c))
BENCH_SOURCES := $(sort $(wildcard tests/bench/generator/*.c))
# The tables' comparisons are unit tests too; only the program's own main is not.
UNIT_EXTRA += $(filter-out tests/statistics/check_%.c,$(STATISTICS_SOURCES))

GENERATED := $(GEN)/stdlib_files.c $(GEN)/language_page.c
GEN_HEADERS :=
ifneq ($(wildcard grammar/kpi.l),)
GENERATED += $(GEN)/kpi_scan.c
endif
ifneq ($(wildcard grammar/kpi.y),)
GENERATED += $(GEN)/kpi_parse.c
GEN_HEADERS += $(GEN)/kpi_parse.h
endif

# Set-up comes first in `demo`, `check` and `fuzz`, whatever is asked for beside them.
SETUP := $(firstword $(if $(filter fuzz,$(MAKECMDGOALS)),setup-fuzz) \
                     $(if $(filter check,$(MAKECMDGOALS)),setup-all) \
                     $(if $(filter demo,$(MAKECMDGOALS)),setup-build))

# ---- flags ---------------------------------------------------------------------------------------

STANDARD := -std=c11 -pthread -D_POSIX_C_SOURCE=200809L
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wswitch-enum -Wformat=2 $(WERROR)
# What flex and bison write is not ours to warn about, beyond what would be a real mistake.
GEN_WARNINGS := -Wall -Wextra -Wno-unused-function -Wno-unused-parameter -Wno-unused-variable \
                -Wno-unused-but-set-variable -Wno-sign-compare $(WERROR)
INCLUDES := -Isrc -Iinclude -Igrammar -I$(GEN)
COMMON := $(STANDARD) -DKPI_VERSION='"$(VERSION)"' -ffile-prefix-map=$(CURDIR)=. -MMD -MP

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
MODE_FLAGS_release := -O3 -g
MODE_FLAGS_debug := -O1 -g $(SANITIZE) -DKPI_DEBUG
MODE_FLAGS_cov := -O0 -g --coverage -DKPI_DEBUG
MODE_FLAGS_fuzz := -O1 -g $(SANITIZE) -fsanitize=fuzzer-no-link -DKPI_DEBUG
MODE_CC_release = $(CC)
MODE_CC_debug = $(CC)
MODE_CC_cov = $(CC)
MODE_CC_fuzz = $(CLANG)

# Asked for once, at first use. libpq is opened when a server is first spoken to, libzip with the first
# workbook (src/base/late.h); only what makes workbooks for tests links to it.
LIB_MODULES := sqlite3 libutf8proc jansson libxxhash libcmark expat
LIB_PLAIN := -lsqlite3 -lutf8proc -ljansson -lxxhash -lcmark -lexpat
ZIP_LIB := -lzip
LIB_CFLAGS = $(eval LIB_CFLAGS := $$(shell $(PKG_CONFIG) --cflags $(LIB_MODULES) libzip libpq 2>/dev/null))$(LIB_CFLAGS)
LIBS = $(eval LIBS := $$(shell $(PKG_CONFIG) --libs $(LIB_MODULES) 2>/dev/null || echo $(LIB_PLAIN)) -lm -pthread)$(LIBS)
TEST_CFLAGS = $(eval TEST_CFLAGS := $$(shell $(PKG_CONFIG) --cflags check 2>/dev/null))$(TEST_CFLAGS)
TEST_LIBS = $(eval TEST_LIBS := $$(shell $(PKG_CONFIG) --libs check 2>/dev/null || \
    echo -lcheck -lsubunit -lrt -lpthread) -lcsv $(ZIP_LIB))$(TEST_LIBS)

# ---- targets to type -----------------------------------------------------------------------------

.PHONY: all release debug install manual editors setup setup-build setup-all setup-fuzz demo check unit golden golden-update lint \
        fuzz coverage bench bench-servers check-differential check-shard-pairs check-statistics check-national check-definitions check-accessibility somerset-data somerset-store help clean
.DEFAULT_GOAL := all

all: release ## the program (the same as release)
release: $(BUILD)/release/kpic ## build/release/kpic and libkpi.a, optimised
debug: $(BUILD)/debug/kpic ## build/debug/kpic with AddressSanitizer and UBSan

install: $(BUILD)/release/kpic manual editors ## program, library, manual, completions, colours into DESTDIR, under PREFIX=/usr/local
	@tests/install.sh '$(or $(PREFIX),/usr/local)' '$(DESTDIR)'
editors: $(BUILD)/editors/kpi.tmLanguage.json $(BUILD)/editors/vim/syntax/kpi.vim ## colours for editors, into build/editors
manual: $(BUILD)/man/made ## the pages of the manual, into build/man

setup: setup-fuzz ## install what building and testing need (Debian, Ubuntu)
setup-build:
	@tests/setup.sh build
setup-all:
	@tests/setup.sh build tests
setup-fuzz:
	@tests/setup.sh build tests fuzz

demo: $(BUILD)/release/kpic $(BUILD)/somerset/somerset.db | $(SETUP) ## set up, build, and show real indicators on real data
	@KPIC=$(CURDIR)/$(BUILD)/release/kpic tests/demo.sh

check: $(BUILD)/release/kpic $(BUILD)/debug/kpic $(BUILD)/debug/unit \
       $(BUILD)/somerset/somerset.db $(BUILD)/debug/generate_somerset $(BUILD)/debug/generate_bench \
       $(BUILD)/release/differential $(BUILD)/debug/differential \
       $(FUZZ_NAMES:%=$(BUILD)/debug/replay_%) | $(SETUP) ## set up, build, and run every test
	@tests/run.sh

unit: $(BUILD)/debug/unit ## unit tests (SUITES="date num" links and runs only those)
	@tests/run.sh unit

golden: $(BUILD)/debug/kpic $(BUILD)/somerset/somerset.db ## golden tests (CASE="AREA/CASE ..." for some, KPIC=PATH for another program)
	@CASE='$(CASE)' tests/run.sh golden
golden-update: $(BUILD)/release/kpic $(BUILD)/somerset/somerset.db ## write the expected files of the golden tests anew
	@KPIC=$(or $(KPIC),$(CURDIR)/$(BUILD)/release/kpic) tests/golden.sh --update $(CASE)

check-definitions: $(BUILD)/release/kpic ## tests of the shipped indicators: coverage and mutation
	@tests/run.sh definitions

lint: $(GEN_HEADERS) ## layers, headers, format, scanner, length of functions, codes, words
	@tests/run.sh self lint

fuzz: $(FUZZ_NAMES:%=$(BUILD)/fuzz/fuzz_%) | $(SETUP) ## each fuzz target for FUZZ_SECONDS (60), with clang
	@tests/fuzz.sh $(FUZZ_SECONDS) $(FUZZ_NAMES)

coverage: $(BUILD)/cov/kpic $(BUILD)/cov/unit ## line coverage of src/ by the whole suite
	@tests/coverage.sh

bench-servers: $(BUILD)/release/kpic $(BUILD)/release/generate_bench \
       $(BUILD)/release/stopwatch ## on PostgreSQL, one server and three: CHILDREN="50000 200000" [ROUNDS=3] [ENGINES="native stay"]
	@ROUNDS='$(ROUNDS)' ENGINES='$(ENGINES)' tests/bench/servers.sh $(CHILDREN)

check-differential: $(BUILD)/release/differential $(BUILD)/debug/differential $(BUILD)/release/kpic \
                    $(BUILD)/debug/generate_bench $(BUILD)/somerset/made ## engines against each other: PAIRS=100000 SEED=1
	@PAIRS='$(or $(PAIRS),100000)' SEED='$(SEED)' tests/run.sh differential

check-shard-pairs: $(BUILD)/release/differential $(BUILD)/release/kpic ## pairs on three PostgreSQL servers: PAIRS=2000 SEED=500000
	@KPIC_TEST_SHARD_PAIRS='$(or $(PAIRS),2000)' KPIC_TEST_SEED='$(SEED)' tests/postgres/run.sh shard_pairs

check-statistics: $(BUILD)/release/check_statistics ## compare with the tables in EXPECTED=FOLDER
	@test -n "$(EXPECTED)" || { echo "usage: make check-statistics EXPECTED=FOLDER" >&2; exit 2; }
	@$(BUILD)/release/check_statistics "$(EXPECTED)"

check-national: $(BUILD)/release/kpic ## compare with the published figures in EXPECTED=FILE
	@test -n "$(EXPECTED)" || { echo "usage: make check-national EXPECTED=FILE" >&2; exit 2; }
	@KPIC=$(CURDIR)/$(BUILD)/release/kpic tests/national/check_national.sh "$(EXPECTED)"

check-accessibility: $(BUILD)/release/kpic $(BUILD)/somerset/somerset.db ## axe-core on the HTML, in headless Chromium
	@tests/run.sh accessibility

bench: $(BUILD)/release/kpic $(BUILD)/release/generate_bench $(BUILD)/release/stopwatch \
       $(BUILD)/release/run_duckdb ## time beside other engines: SIZE=S|M|L [DATA=FOLDER] [ROUNDS=5]
	@SIZE='$(SIZE)' DATA='$(DATA)' ROUNDS='$(ROUNDS)' FORMS='$(FORMS)' PEERS='$(PEERS)' \
	    BENCH='$(BENCH)' EXTRA='$(EXTRA)' KPIC='$(or $(KPIC),$(CURDIR)/$(BUILD)/release/kpic)' \
	    KPIC_OPTIONS='$(KPIC_OPTIONS)' tests/bench/bench.sh

somerset-data: $(BUILD)/somerset/made ## the records of indicators/somerset, into build/somerset/data
somerset-store: $(BUILD)/somerset/somerset.db ## these and the published tables, as a store

help: ## this list
	@awk -F ' ## ' '/^[a-z-]+:.* ## / { t = $$1; sub(/:.*/, "", t); printf "%-18s %s\n", t, $$2 } \
	    /^[a-z-]+:.*\\$$/ { t = $$1; sub(/:.*/, "", t); held = t } \
	    /^ .* ## / && held { printf "%-18s %s\n", held, $$2; held = "" }' Makefile

clean: ## remove everything that was made
	rm -rf $(BUILD)

# ---- generated sources ---------------------------------------------------------------------------

$(GEN)/kpi_scan.c: grammar/kpi.l Makefile | $(SETUP)
	@mkdir -p $(@D)
	@echo "  flex  $@"
	$(Q)$(FLEX) -o $@ $<

$(GEN)/kpi_parse.c $(GEN)/kpi_parse.h &: grammar/kpi.y Makefile | $(SETUP)
	@mkdir -p $(GEN)
	@echo "  bison $@"
	$(Q)$(BISON) -Wall -Wcounterexamples -Werror --header=$(GEN)/kpi_parse.h -o $(GEN)/kpi_parse.c $<

$(GEN)/stdlib_files.c: $(STDLIB) tests/embed.sh $(wildcard stdlib) Makefile | $(SETUP)
	@mkdir -p $(@D)
	@echo "  embed $@"
	$(Q)tests/embed.sh $(STDLIB) >$@

$(GEN)/language_page.c: grammar/language.md tests/embed.sh Makefile | $(SETUP)
	@mkdir -p $(@D)
	@echo "  embed $@"
	$(Q)tests/embed.sh --text language_page $< >$@

# One line a suite; rewritten only when the list changes, so that main.c is not compiled for nothing.
SUITES :=
UNIT_CHOSEN := $(if $(SUITES),$(SUITES:%=tests/unit/test_%.c),$(UNIT_SOURCES))
.PHONY: force
$(GEN)/unit_suites.inc: force
	@mkdir -p $(@D)
	@sed -n 's/^Suite \*\([a-z0-9_]*_suite\)(void).*/SUITE(\1)/p' $(UNIT_CHOSEN) /dev/null | sort -u >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# ---- objects, library, programs: once for each mode ------------------------------------------------

# $(1) mode
define MODE
$(BUILD)/$(1)/obj/$(GEN)/%.o: $(GEN)/%.c Makefile | $(SETUP) $(GEN_HEADERS)
	@mkdir -p $$(@D)
	@echo "  cc    $$@"
	$(Q)$$(MODE_CC_$(1)) $(COMMON) $(GEN_WARNINGS) $(INCLUDES) $$(LIB_CFLAGS) $(MODE_FLAGS_$(1)) -c $$< -o $$@

$(BUILD)/$(1)/obj/tests/unit/main.o: $(GEN)/unit_suites.inc
$(BUILD)/$(1)/obj/tests/%.o: tests/%.c Makefile | $(SETUP) $(GEN_HEADERS)
	@mkdir -p $$(@D)
	@echo "  cc    $$@"
	$(Q)$$(MODE_CC_$(1)) $(COMMON) $(WARNINGS) $(INCLUDES) -I. $$(LIB_CFLAGS) $$(TEST_CFLAGS) $(MODE_FLAGS_$(1)) -c $$< -o $$@

$(BUILD)/$(1)/obj/%.o: %.c Makefile | $(SETUP) $(GEN_HEADERS)
	@mkdir -p $$(@D)
	@echo "  cc    $$@"
	$(Q)$$(MODE_CC_$(1)) $(COMMON) $(WARNINGS) $(INCLUDES) $$(LIB_CFLAGS) $(MODE_FLAGS_$(1)) -c $$< -o $$@

$(BUILD)/$(1)/libkpi.a: $(LIB_SOURCES:%.c=$(BUILD)/$(1)/obj/%.o) $(GENERATED:%.c=$(BUILD)/$(1)/obj/%.o)
	@rm -f $$@
	@echo "  ar    $$@"
	$(Q)$(AR) rcsD $$@ $$^

$(BUILD)/$(1)/kpic: $(CLI_SOURCES:%.c=$(BUILD)/$(1)/obj/%.o) $(BUILD)/$(1)/libkpi.a
	@echo "  link  $$@"
	$(Q)$$(MODE_CC_$(1)) $(MODE_FLAGS_$(1)) -o $$@ $$^ $$(LIBS)

$(BUILD)/$(1)/unit: $(UNIT_EXTRA:%.c=$(BUILD)/$(1)/obj/%.o) $(UNIT_CHOSEN:%.c=$(BUILD)/$(1)/obj/%.o) \
                 $(BUILD)/$(1)/libkpi.a $(GEN)/unit_suites.inc
	@echo "  link  $$@"
	$(Q)$$(MODE_CC_$(1)) $(MODE_FLAGS_$(1)) -o $$@ $$(filter-out %.inc,$$^) $$(TEST_LIBS) $$(LIBS)

$(BUILD)/$(1)/replay_%: $(BUILD)/$(1)/obj/tests/fuzz/fuzz_%.o $(BUILD)/$(1)/obj/tests/fuzz/replay.o $(BUILD)/$(1)/libkpi.a
	@echo "  link  $$@"
	$(Q)$$(MODE_CC_$(1)) $(MODE_FLAGS_$(1)) -o $$@ $$^ $$(ZIP_LIB) $$(LIBS)

$(BUILD)/$(1)/generate_somerset: $(SOMERSET_SOURCES:%.c=$(BUILD)/$(1)/obj/%.o)
	@echo "  link  $$@"
	$(Q)$$(MODE_CC_$(1)) $(MODE_FLAGS_$(1)) -o $$@ $$^

$(BUILD)/$(1)/generate_bench: $(BENCH_SOURCES:%.c=$(BUILD)/$(1)/obj/%.o) $(BUILD)/$(1)/libkpi.a
	@echo "  link  $$@"
	$(Q)$$(MODE_CC_$(1)) $(MODE_FLAGS_$(1)) -o $$@ $$^ $$(LIBS)

$(BUILD)/$(1)/differential: $(DIFFERENTIAL_SOURCES:%.c=$(BUILD)/$(1)/obj/%.o) \
                 $(BUILD)/$(1)/obj/src/cli/placement.o $(BUILD)/$(1)/libkpi.a
	@echo "  link  $$@"
	$(Q)$$(MODE_CC_$(1)) $(MODE_FLAGS_$(1)) -o $$@ $$^ $$(LIBS)

$(BUILD)/$(1)/stopwatch $(BUILD)/$(1)/run_duckdb: $(BUILD)/$(1)/%: $(BUILD)/$(1)/obj/tests/bench/%.o
	@echo "  link  $$@"
	$(Q)$$(MODE_CC_$(1)) $(MODE_FLAGS_$(1)) -o $$@ $$^ -ldl

$(BUILD)/$(1)/check_statistics: $(STATISTICS_SOURCES:%.c=$(BUILD)/$(1)/obj/%.o) $(BUILD)/$(1)/libkpi.a
	@echo "  link  $$@"
	$(Q)$$(MODE_CC_$(1)) $(MODE_FLAGS_$(1)) -o $$@ $$^ $$(LIBS)
endef
$(foreach mode,release debug cov fuzz,$(eval $(call MODE,$(mode))))

$(BUILD)/fuzz/fuzz_%: $(BUILD)/fuzz/obj/tests/fuzz/fuzz_%.o $(BUILD)/fuzz/libkpi.a
	@echo "  link  $@"
	$(Q)$(CLANG) $(MODE_FLAGS_fuzz) -fsanitize=fuzzer -o $@ $^ $(ZIP_LIB) $(LIBS)

# One page for each command, one for the program, one for the language.
$(BUILD)/man/made: $(BUILD)/release/kpic src/cli/commands.def Makefile
	@echo "  man   $(@D)"
	$(Q)mkdir -p $(@D)/man1 $(@D)/man5
	$(Q)set -e; for page in kpic $$(sed -n 's/^COMMAND([A-Z]*, \([a-z]*\),.*/kpic-\1/p' src/cli/commands.def); do \
	    $< help --man $$page -o $(@D)/man1/$$page.1; done
	$(Q)$< help --man kpi -o $(@D)/man5/kpi.5 && touch $@

EDITOR_WORDS := grammar/keywords.def src/sema/funcs.def
$(BUILD)/editors/kpi.tmLanguage.json: grammar/editors/textmate.awk $(EDITOR_WORDS)
	@mkdir -p $(@D)
	@echo "  words $@"
	$(Q)awk -f $< $(EDITOR_WORDS) >$@
$(BUILD)/editors/vim/syntax/kpi.vim: grammar/editors/vim.awk grammar/editors/ftdetect.vim $(EDITOR_WORDS)
	@mkdir -p $(@D) $(BUILD)/editors/vim/ftdetect
	@echo "  words $@"
	$(Q)cp grammar/editors/ftdetect.vim $(BUILD)/editors/vim/ftdetect/kpi.vim
	$(Q)awk -f $< $(EDITOR_WORDS) >$@

# Made in a folder beside and put in its place whole: nobody reads half of it.
$(BUILD)/somerset/made: $(BUILD)/release/generate_somerset Makefile
	@echo "  make  $(@D)/data"
	$(Q)rm -rf $(@D)/data $(@D)/data.new && mkdir -p $(@D)/data.new
	$(Q)$< $(@D)/data.new && mv $(@D)/data.new $(@D)/data && touch $@

$(BUILD)/somerset/somerset.db: $(BUILD)/somerset/made $(BUILD)/release/kpic \
        indicators/somerset/store.sh $(wildcard indicators/somerset/published/*)
	@echo "  store $@"
	$(Q)KPIC=$(CURDIR)/$(BUILD)/release/kpic indicators/somerset/store.sh $(@D)/data $@

.SECONDARY:
-include $(wildcard $(BUILD)/*/obj/*/*.d $(BUILD)/*/obj/*/*/*.d $(BUILD)/*/obj/*/*/*/*.d)
