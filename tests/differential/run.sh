#!/bin/sh
# Every engine against the reference engine: kept cases, then random pairs of definition and data. Also that
# a broken engine is found, and its case made small. A difference is left under build/differential: a case to
# be kept in tests/differential/cases once the fault is mended.
#
# usage: tests/differential/run.sh [PAIRS [SEED]]     5,000 from 1 unless told
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
program=$BUILD/release/differential
sanitized=$BUILD/debug/differential
pairs=${1:-5000}
seed=${2:-1}
out=$BUILD/differential
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# NAME COMMAND...: one result, with what it printed; its table is kept in the folder.
step() {
    name=$1
    shift
    if "$@" >"$work/said.txt" 2>&1; then
        tap_ok "$name"
        sed -n 's/^# note: //p' "$work/said.txt" | while read -r note; do tap_note "$note"; done
    else
        tap_not_ok "$name" "$(grep -v '^ok' "$work/said.txt" | tail -n 40)"
    fi
}

step "a broken engine is found" "$program" broken "$work"
set -- tests/differential/cases/*.kpi
[ ! -f "$1" ] || step "$# kept cases, with sanitizers" "$sanitized" replay "$@"
step "$pairs random pairs" "$program" random "$pairs" "$seed" "$out"
cp "$work/said.txt" "$out/coverage.txt"
step "200 random pairs, with sanitizers" "$sanitized" random 200 700000 "$work"
tap_done
