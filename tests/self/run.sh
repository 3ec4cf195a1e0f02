#!/bin/sh
# run.sh and golden.sh must be able to fail: small cases that pass, fail, stop early and say nothing.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
scratch=$BUILD/self/run
rm -rf "$scratch"
mkdir -p "$scratch"

# NAME TEXT: a script that prints TAP.
script() {
    printf '%s\n' "$2" >"$scratch/$1.sh"
}
# NAMES WANTED-LAST-LINE WANTED-EXIT: what run.sh makes of these scripts.
expect_run() {
    scripts=
    for name in $1; do scripts="$scripts $scratch/$name.sh"; done
    code=0
    out=$(RUN_SCRIPTS="$scripts" KPI_BUILD="$scratch/build" tests/run.sh 2>&1) || code=$?
    last=$(echo "$out" | tail -n 1)
    if [ "$last" = "$2" ] && [ "$code" -eq "$3" ]; then
        tap_ok "run.sh on: $1"
    else
        tap_not_ok "run.sh on: $1" "wanted '$2' and exit $3, got exit $code and:
$out"
    fi
}

script good 'printf "ok 1 - a\nok 2 - b\n1..2\n"'
script skip 'echo "ok 1 - c # SKIP no tool"'
script bad 'printf "ok 1 - a\nnot ok 2 - b\n1..2\n"; exit 1'
script crash 'echo "ok 1 - a"; exit 99'
script short 'printf "1..3\nok 1 - a\n"'
script silent ':'
script shy 'printf "not ok 1 - a\n"'
expect_run "good" "2 passed, 0 failed" 0
expect_run "good skip" "2 passed, 0 failed, 1 skipped" 0
expect_run "good bad" "3 passed, 1 failed" 1
expect_run "shy good" "2 passed, 1 failed" 1
expect_run "good crash" "3 passed, 1 failed" 1
expect_run "good short" "3 passed, 1 failed" 1
expect_run "good silent" "2 passed, 1 failed" 1
expect_run "skip" "0 passed, 0 failed, 1 skipped" 1

# A stand-in for kpic, and a tree with one golden case that uses it.
mkdir -p "$scratch/top/tests/golden/area/case" "$scratch/bin"
cp tests/env.sh tests/tap.sh tests/golden.sh "$scratch/top/tests/"
cat >"$scratch/bin/kpic" <<'END'
#!/bin/sh
case $1 in
say) cat words; echo "from $KPIC_ROOT" ;;
fail) echo no >&2; exit 3 ;;
report) f=${ASAN_OPTIONS##*log_path=}; echo "overrun" >"$f.1"; cat words; exit 0 ;;
esac
END
chmod +x "$scratch/bin/kpic"
case_folder=$scratch/top/tests/golden/area/case
echo hello >"$case_folder/words"

golden() {
    KPIC=$scratch/bin/kpic KPI_BUILD=$scratch/top/build sh "$scratch/top/tests/golden.sh" "$@" \
        >"$scratch/golden.out" 2>&1
}
# NAME: the last golden run must have passed, or failed.
must_pass() {
    if golden; then tap_ok "$1"; else tap_not_ok "$1" "$(cat "$scratch/golden.out")"; fi
}
must_fail() {
    if golden; then tap_not_ok "$1" "$(cat "$scratch/golden.out")"; else tap_ok "$1"; fi
}

echo 'kpic say' >"$case_folder/cmd"
must_fail "golden: output where none is expected fails"
printf 'hello\nfrom KPIC_ROOT\n' >"$case_folder/expected.out"
must_pass "golden: the expected output passes, with the path of the tree as a word"
printf 'hello\nfrom KPIC_ROOT' >"$case_folder/expected.out"
must_fail "golden: a last line end that is missing fails"
echo 'kpic fail' >"$case_folder/cmd"
rm "$case_folder/expected.out"
must_fail "golden: an exit code that is not expected fails"
golden --update || :
must_pass "golden: what --update wrote passes"
tap_none "golden: --update writes only files that are needed" \
    "$(cd "$case_folder" && ls | tr '\n' ' ' | grep -vx 'cmd expected.code expected.err words ' || :)"
echo 4 >"$case_folder/expected.code"
must_fail "golden: another exit code fails"
echo 'kpic report' >"$case_folder/cmd"
golden --update || :
rm -f "$case_folder"/expected.*
echo hello >"$case_folder/expected.out"
must_fail "golden: the report of a sanitizer fails, whatever came out"
rm -r "$scratch/top/tests/golden/area"
must_fail "golden: no case at all fails"
# Outside of the tree env.sh must end.
outside=$(mktemp -d)
printf '. %s/tests/env.sh\n' "$ROOT" >"$outside/a.sh"
if timeout 20 sh "$outside/a.sh" >/dev/null 2>"$outside/said"; then
    tap_not_ok "env.sh from outside of the tree" "it ended well"
else
    case $(cat "$outside/said") in
    *"must lie within the tree"*) tap_ok "env.sh from outside of the tree" ;;
    *) tap_not_ok "env.sh from outside of the tree" "$(cat "$outside/said")" ;;
    esac
fi
rm -rf "$outside"
tap_done
