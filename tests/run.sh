#!/bin/sh
# Runs the tests and counts them. The last line is `N passed, N failed`, with `, N skipped` after it
# when something was skipped (each skip is shown with its reason). Exit 0 only if at least one test
# passed and none failed.
#
# usage: tests/run.sh [PART...]      with no part, all of them
#   unit      the Check program                      golden  tests/golden/
#   lint      tests/lint/*.sh                        lang    tests/lang/*.sh
#   oracle    tests/oracle/*.sh                      fuzz    the corpus of each fuzz target, once
#   self      tests/self/*.sh: the test scripts themselves
#   definitions  the tests of the indicators that ship: coverage and mutation
#   differential  every engine against the reference engine, on random pairs
#   postgres  PostgreSQL as a data store, on a server of its own
#   accessibility  axe-core on the HTML, in a browser; only when it is named
#
# A part is one or more commands that print TAP. A command that fails without a `not ok`, prints no
# result at all, or fewer than it planned, or takes ten minutes, counts as one failure more.
#
# KPIC is the program under test (build/debug/kpic: with sanitizers), KPIC_RELEASE the optimised one.
# RUN_SCRIPTS, for the test of this script, runs these scripts in place of all parts.
set -eu
. "$(dirname "$0")/env.sh"
KPIC=${KPIC:-$BUILD/debug/kpic}
KPIC_RELEASE=${KPIC_RELEASE:-$BUILD/release/kpic}
KPIC_ROOT=$ROOT
PATH=$(dirname "$KPIC"):$PATH
export KPIC KPIC_RELEASE KPIC_ROOT PATH

logs=$BUILD/tests/log
mkdir -p "$logs"
passed=0
failed=0
skipped=0

# LABEL FILE STATUS: shows what matters of a TAP file, and adds it up.
count_tap() {
    counts=$(awk -v status="$3" '
        /^ok/ { if (toupper($0) ~ /# *SKIP/) s++; else p++ }
        /^not ok/ { f++ }
        /^1\.\.[0-9]+/ { planned = substr($1, 4) + 0; has_plan = 1 }
        END {
            if (has_plan && planned != p + s + f) { why = "planned " planned ", ran " (p + s + f); f++ }
            else if (p + s + f == 0 && status == 0 && !has_plan) { why = "ran no tests"; f++ }
            else if (status != 0 && f == 0) { why = "ended with exit code " status; f++ }
            print p + 0, f + 0, s + 0, why
        }' "$2")
    # shellcheck disable=SC2086
    set -- "$1" "$2" "$3" $counts
    label=$1 file=$2
    shift 3
    p=$1 f=$2 s=$3
    shift 3
    awk '/^not ok/ { print; shown = 1; next }
         /^# note:/ { print; next }
         /^ok.*# *[Ss][Kk][Ii][Pp]/ { print; shown = 0; next }
         /^#/ { if (shown) print; next }
         { shown = 0 }' "$file"
    if [ $# -gt 0 ]; then
        printf 'not ok - %s: %s\n' "$label" "$*"
        tail -n 20 "$file.err"
    fi
    printf '%-28s %5d passed, %d failed%s\n' "$label" "$p" "$f" \
        "$([ "$s" -eq 0 ] || echo ", $s skipped")"
    passed=$((passed + p))
    failed=$((failed + f))
    skipped=$((skipped + s))
}

# LABEL COMMAND...
run_tap() {
    run_label=$1
    shift
    log=$logs/$(echo "$run_label" | tr '/ ' '__').tap
    status=0
    timeout 600 "$@" >"$log" 2>"$log.err" </dev/null || status=$?
    count_tap "$run_label" "$log" "$status"
}

# What mostly waits for a server runs beside the other parts, one command after the other, and is counted at
# the end. A command a line: its label, then how it is called.
begun=
begin_taps() {
    beside=$1
    rm -f "$logs"/*.status
    while read -r label command; do
        log=$logs/$(echo "$label" | tr '/ ' '__').tap
        status=0
        # shellcheck disable=SC2086
        timeout 600 $command >"$log" 2>"$log.err" </dev/null &
        trap 'kill "$!"; exit 143' TERM
        wait "$!" || status=$?
        echo "$status" >"$log.status"
    done <<END &
$beside
END
    begun=$!
    trap 'kill "$begun" 2>/dev/null; exit 130' INT
    trap 'kill "$begun" 2>/dev/null; exit 143' TERM
}

end_taps() {
    [ -n "$begun" ] || return 0
    wait "$begun" || :
    while read -r label command; do
        log=$logs/$(echo "$label" | tr '/ ' '__').tap
        count_tap "$label" "$log" "$(cat "$log.status" 2>/dev/null || echo 1)"
    done <<END
$beside
END
    begun=
}

postgres_beside="postgres/shards sh tests/postgres/run.sh citus shards shard_pairs
postgres/golden sh tests/postgres/golden.sh ${CASE:-}"

# Check writes its TAP into a file; what the tests themselves print goes elsewhere.
# A process for each processor, as the tests run one after the other in each.
run_unit() {
    parts=$(nproc 2>/dev/null || echo 1)
    [ "$parts" -le 8 ] || parts=8
    processes=
    for part in $(seq 0 $((parts - 1))); do
        log=$logs/unit_$part.tap
        : >"$log"
        "$BUILD/debug/unit" "$log" "$part" "$parts" >"$log.err" 2>&1 </dev/null &
        processes="$processes $!"
    done
    part=0
    for process in $processes; do
        log=$logs/unit_$part.tap
        part=$((part + 1))
        status=0
        wait "$process" || status=$?
        count_tap "unit, part $part of $parts" "$log" "$status"
        if [ "$status" -ne 0 ]; then
            tail -n 40 "$log.err"
        fi
    done
}

run_scripts() {
    for script; do
        name=$(echo "$script" | sed -e 's|^tests/||' -e 's|\.sh$||')
        if [ -x "$script" ]; then
            run_tap "$name" "./$script"
        elif [ -f "$script" ]; then
            run_tap "$name" sh "$script"
        fi
    done
}

run_part() {
    case $1 in
    unit) run_unit ;;
    # shellcheck disable=SC2086
    golden) run_tap golden sh tests/golden.sh ${CASE:-} ;;
    lint) run_scripts tests/lint/*.sh ;;
    lang) run_scripts tests/lang/*.sh ;;
    oracle) run_scripts tests/oracle/*.sh ;;
    definitions) run_tap definitions sh tests/definitions.sh ;;
    fuzz) run_tap fuzz sh tests/fuzz/replay.sh ;;
    self) run_scripts tests/self/*.sh ;;
    differential)
        run_tap differential sh tests/differential/run.sh ${PAIRS:+"$PAIRS"} ${SEED:+"$SEED"}
        run_tap differential/projects sh tests/differential/projects.sh
        ;;
    accessibility) run_tap accessibility sh tests/accessibility/check.sh ;;
    postgres)
        [ -n "$begun" ] || begin_taps "$postgres_beside"
        run_tap postgres sh tests/postgres/run.sh query same import statements cancel printed
        end_taps
        ;;
    *)
        echo "tests/run.sh: no part '$1' (unit golden lint lang oracle definitions fuzz self differential postgres accessibility)" >&2
        exit 2
        ;;
    esac
}

if [ -n "${RUN_SCRIPTS:-}" ]; then
    # shellcheck disable=SC2086
    run_scripts $RUN_SCRIPTS
else
    [ $# -gt 0 ] || set -- self lint unit golden lang oracle definitions fuzz differential postgres
    case " $* " in
    *" postgres "*) begin_taps "$postgres_beside" ;;
    esac
    for part; do
        run_part "$part"
    done
fi

summary="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"
echo "$summary"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
