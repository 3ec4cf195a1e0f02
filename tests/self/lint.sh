#!/bin/sh
# Each lint script must see what it is there for: a small clean tree passes, and each planted breach
# is reported by the script that owns the rule.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
scratch=$BUILD/self/lint
LINT_TOP=$scratch/top
export LINT_TOP

clean_tree() {
    rm -rf "$LINT_TOP"
    mkdir -p "$LINT_TOP/src/base" "$LINT_TOP/src/syntax" "$LINT_TOP/src/sema" "$LINT_TOP/src/store" \
        "$LINT_TOP/src/cli" "$LINT_TOP/include/kpi" "$LINT_TOP/grammar" "$LINT_TOP/tests/unit" \
        "$LINT_TOP/tests/golden/a/b"
    cp "$ROOT/.clang-format" "$LINT_TOP/"
    cd "$LINT_TOP"
    printf '#ifndef B_H\n#define B_H\n\nint b_count(void);\n\n#endif\n' >src/base/b.h
    printf '#include "base/b.h"\n\nint b_count(void) {\n    return 1;\n}\n' >src/base/b.c
    printf 'DIAG(1, first, SEVERITY_ERROR, "t",\n     "h")\nDIAG(22, second, SEVERITY_ERROR, "t", "h")\n' \
        >src/base/diag_codes_x.def
    echo 'a.kpi:1:1: error: x [KPI0001]' >tests/golden/a/b/expected.err
    echo 'int x = DIAG_second;' >tests/unit/test_b.c
    printf '%%option noyywrap nodefault\n%%%%\n[a-z]+ { return 1; }\n.|\\n { return 2; }\n%%%%\n' >grammar/kpi.l
    cd "$ROOT"
}

# SCRIPT: passes on the clean tree.
passes() {
    if out=$(KPI_BUILD=$scratch/build "tests/lint/$1.sh" 2>&1); then
        tap_ok "$1 accepts a clean tree"
    else
        tap_not_ok "$1 accepts a clean tree" "$out"
    fi
}

# SCRIPT FILE LINE...: adds the lines to the file of a clean tree; the script must fail.
catches() {
    what="$1 sees: $3"
    script=$1
    file=$LINT_TOP/$2
    shift 2
    clean_tree
    printf '%s\n' "$@" >>"$file"
    if out=$(KPI_BUILD=$scratch/build "tests/lint/$script.sh" 2>&1); then
        tap_not_ok "$what" "$out"
    else
        tap_ok "$what"
    fi
}

# COUNT: a function of that many lines.
long_function() {
    echo 'int b_long(void) {'
    i=2
    while [ "$i" -lt "$1" ]; do
        echo '    b_count();'
        i=$((i + 1))
    done
    echo '}'
}

clean_tree
for script in layers headers functions codes words banned; do passes "$script"; done

catches layers src/base/c.c '#include "syntax/ast.h"'
catches layers src/store/s.c '#include "sema/model.h"'
catches layers src/syntax/s.c '#include "sema/model.h"'
catches layers grammar/kpi.l '#include "sema/model.h"'
catches layers src/syntax/s.c '#include "b.h"'
catches layers src/syntax/s.c '#include "../base/b.h"'
catches layers src/syntax/s.c '#include <base/b.h>'
catches layers src/sema/s.c '  #  include <sqlite3.h>'
catches layers src/sema/s.c '#include <libpq-fe.h>'
catches layers src/sema/s.c '#include "kpi_parse.h"'
catches layers src/base/s.c '#include "wrong/b.h"'
catches layers include/kpi/kpi.h '#include "base/b.h"'
catches layers src/base/b.h '#include "base/b.h"'
catches headers src/base/c.h 'size_t c_count(void);'
catches headers src/base/c.h 'struct C { int i; };'
catches functions src/base/b.c "$(long_function 81)"
catches functions src/base/b.c "$(yes '/* line */' | head -n 1000)"
catches codes src/base/diag_codes_x.def 'DIAG(3, third, SEVERITY_ERROR, "t", "h")'
catches codes src/base/diag_codes_x.def 'DIAG(1, second_first, SEVERITY_ERROR, "t", "h")'
catches codes src/base/diag_codes_y.def 'DIAG(1, first, SEVERITY_ERROR, "t", "h")'
catches words src/base/b.c '/* see /''work/main/x */'
catches words src/base/b.c '/* written by an a''gent */'
catches words README.md 'fetched from py''pi.org'
catches banned src/base/b.c 'void f(char *p) { strtok(p, "a"); }'
catches banned src/base/b.c 'void f(void) { printf("a"); }'
catches banned src/base/b.c 'void f(void) { exit(1); }'
catches banned src/cli/c.c 'void f(void) { localtime (0); }'
catches banned src/store/c.c 'void f(void) { p = mmap(0, 1); }'

clean_tree
long_function 80 >>"$LINT_TOP/src/base/b.c"
{
    echo '/* dispatch */'
    long_function 120 | sed 's/b_long/b_longer/'
} >>"$LINT_TOP/src/base/b.c"
# shellcheck disable=SC2016
printf '%s\n' 'void f(void) { /* printf("a") and strcpy(a) */ g("exit(1)"); } // system(a)' \
    'int snprintf_like(int runtime(int));' >>"$LINT_TOP/src/base/c.c"
passes functions
passes banned

if command -v clang-format-14 >/dev/null 2>&1; then
    clean_tree
    rm -r "$LINT_TOP/tests/unit"
    passes format
    catches format src/base/b.c 'int  f( void );'
else
    tap_skip "format" "no clang-format 14 here"
fi
clean_tree
passes scanner
clean_tree
sed -i 's/^\[a-z\]+/abcd/' "$LINT_TOP/grammar/kpi.l"
printf '' >>"$LINT_TOP/grammar/kpi.l"
if KPI_BUILD=$scratch/build tests/lint/scanner.sh >/dev/null 2>&1; then
    tap_not_ok "scanner sees: a rule that backs up"
else
    tap_ok "scanner sees: a rule that backs up"
fi
tap_done
