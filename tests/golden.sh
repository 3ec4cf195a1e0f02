#!/bin/sh
# Golden tests: tests/golden/AREA/CASE/ holds `cmd`, what it needs, and what must come out.
#
# usage: tests/golden.sh [--update] [AREA/CASE or AREA ...]
#
# Each case is copied into an empty folder under build/golden/, and `sh cmd` runs there with kpic
# first on PATH. Standard output, standard error and exit code must equal expected.out,
# expected.err and expected.code; a missing file means nothing, and 0. Commands reach shipped data
# through $KPIC_ROOT (the top of the tree), which outputs show as the word KPIC_ROOT. A report of a
# sanitizer fails the case whatever the exit code says. --update writes the expected files instead.
#
# KPIC is the program under test (build/debug/kpic). GOLDEN_CASES is another folder of cases
# (tests/postgres/golden).
set -eu
. "$(dirname "$0")/env.sh"
KPIC=${KPIC:-$BUILD/debug/kpic}
KPIC_ROOT=$ROOT
export KPIC KPIC_ROOT
cases=${GOLDEN_CASES:-tests/golden}
work=$BUILD/golden${GOLDEN_CASES:+.$(echo "$GOLDEN_CASES" | tr / _)}
seconds=60

# FILE: the path of this machine becomes a word.
neutral() {
    escaped=$(printf '%s' "$ROOT" | sed 's/[].[*^$\\|]/\\&/g')
    sed -i "s|$escaped|KPIC_ROOT|g" "$1"
}

# GOT EXPECTED LABEL: 0 if equal (no file: empty).
same() {
    if [ -f "$2" ]; then expected=$2; else expected=/dev/null; fi
    if cmp -s "$1" "$expected"; then return 0; fi
    echo "#   $3 differs (- expected, + got)"
    diff -u "$expected" "$1" | sed -n -e '1,2d' -e '3,40s/^/#     /p'
    return 1
}

# GOT EXPECTED: an empty result has no file.
keep() {
    if [ -s "$1" ]; then cp "$1" "$2"; else rm -f "$2"; fi
}

# MODE AREA/CASE: writes what there is to say into CASE.result, first word ok or not.
run_case() {
    from=$ROOT/$cases/$2
    here=$work/$2
    rm -rf "$here" "$here".*
    mkdir -p "$here"
    cp -R "$from/." "$here/"
    rm -f "$here/cmd" "$here"/expected.*
    code=0
    reports=$here.sanitizer
    (
        cd "$here"
        PATH=$work/.bin:$PATH
        ASAN_OPTIONS=$ASAN_OPTIONS:log_path=$reports
        UBSAN_OPTIONS=$UBSAN_OPTIONS:log_path=$reports
        export PATH ASAN_OPTIONS UBSAN_OPTIONS
        exec timeout "$seconds" sh "$from/cmd" >"$here.out" 2>"$here.err" </dev/null
    ) || code=$?
    echo "$code" | sed '/^0$/d' >"$here.code"
    neutral "$here.out"
    neutral "$here.err"

    verdict=ok
    {
        for report in "$reports".*; do
            [ -f "$report" ] || continue
            verdict=not
            echo "#   a sanitizer reported:"
            sed -n '1,30s/^/#     /p' "$report"
        done
        if [ "$code" -ge 124 ]; then
            verdict=not
            echo "#   killed or out of time: exit code $code"
        fi
        if [ "$1" = --update ]; then
            if [ "$verdict" = ok ]; then
                keep "$here.out" "$from/expected.out"
                keep "$here.err" "$from/expected.err"
                keep "$here.code" "$from/expected.code"
            fi
        else
            same "$here.out" "$from/expected.out" "standard output" || verdict=not
            same "$here.err" "$from/expected.err" "standard error" || verdict=not
            same "$here.code" "$from/expected.code" "exit code" || verdict=not
        fi
    } >"$here.details"
    {
        echo "$verdict"
        cat "$here.details"
    } >"$here.result"
}

if [ "${1:-}" = --one ]; then
    run_case "$2" "$3"
    exit 0
fi

mode=--compare
if [ "${1:-}" = --update ]; then
    mode=--update
    shift
fi
if [ ! -x "$KPIC" ]; then
    echo "tests/golden.sh: no program $KPIC" >&2
    exit 2
fi
[ $# -gt 0 ] || set -- ''
mkdir -p "$work/.bin"
ln -sf "$KPIC" "$work/.bin/kpic"
for wanted; do
    for file in "$cases/$wanted"/cmd "$cases/$wanted"/*/cmd "$cases/$wanted"/*/*/cmd; do
        [ -f "$file" ] && dirname "$file" | sed -e 's|//*|/|g' -e "s|^$cases/||"
    done
done | sort -u >"$work/cases"

xargs -n 1 -P 2 sh "$ROOT/tests/golden.sh" --one "$mode" <"$work/cases"

. "$ROOT/tests/tap.sh"
while read -r name; do
    verdict=$(sed -n 1p "$work/$name.result" 2>/dev/null || :)
    if [ "$verdict" = ok ]; then
        tap_ok "$name"
    else
        tap_not_ok "$name"
        sed 1d "$work/$name.result" || :
    fi
done <"$work/cases"
tap_done
