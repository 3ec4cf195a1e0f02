#!/bin/sh
# The runner of the reference's examples, proved by planted faults.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
KPIC=${KPIC:-$BUILD/debug/kpic}
export KPIC
if [ ! -x "$KPIC" ]; then
    tap_skip "the examples of the reference" "there is no kpic to run yet"
    tap_done
fi
KPI_BUILD=$BUILD/self/reference
export KPI_BUILD
mkdir -p "$KPI_BUILD"
page=$KPI_BUILD/page.md

# NAME EXPECTED RESULT MESSAGE [HEADING]: a page of one example; whether the runner passes it.
expect() {
    {
        printf '## Visits\n\n```kpi %s\n' "${5:-2017-01}"
        cat <<'PAGE'
source visit "Visits"
    column      on         date
    column      late       yes_no
    rows        on          late
                2017-01-05  yes
                2017-01-06  -

indicator late_visits "Late visits"
    value       count of visit v dated v.on where v.late
    basis       count
    window      month every month
    good        low
```
PAGE
        [ -z "$3" ] || printf '```result\n%b\n```\n' "$3"
        [ -z "$4" ] || printf '```message\n%b\n```\n' "$4"
    } >"$page"
    if REFERENCE=$page sh tests/lang/reference.sh >"$KPI_BUILD/out" 2>&1; then got=passes; else got=fails; fi
    if [ "$got" = "$2" ]; then tap_ok "$1"; else tap_not_ok "$1" "$(tail -n 20 "$KPI_BUILD/out")"; fi
}

right='period   printed  unknown_rows\n2017-01  1        1'
expect "what comes out passes" passes "$right" "KPI0550 line 3"
expect "a line may be left out" passes "$right" "KPI0550"
expect "another figure fails" fails 'period   printed\n2017-01  2' "KPI0550"
expect "a row too many fails" fails "$right\n2017-01  1        1" "KPI0550"
expect "an unknown column fails" fails 'period   prinetd\n2017-01  1' "KPI0550"
expect "a message that nobody expects fails" fails "$right" ""
expect "another message fails" fails "$right" "KPI0551"
expect "another line fails" fails "$right" "KPI0550 line 4"
expect "a message that does not come fails" fails "$right" "KPI0550\nKPI0551"
expect "a result that nobody expects fails" fails "" "KPI0550"
expect "another heading fails" fails "$right" "KPI0550" "sometimes"
expect "data that is not there fails" fails "$right" "KPI0550" "2017-01 with visits"
expect "a check that finds nothing passes" passes "" "" "check"
expect "a check that should find something fails" fails "" "KPI0219 line 8" "check"
tap_done
