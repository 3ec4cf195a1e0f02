#!/bin/sh
# England's tables: the sample of 500 published figures, and every row of every table that ships:
# published figures to their digit, symbols where an input is a symbol.
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
KPIC=${KPIC_RELEASE:-${KPIC:-$BUILD/release/kpic}}
here=$ROOT/tests/national
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
. "$here/results.sh"
. "$here/source.sh"

if KPIC=$KPIC "$here/check_national.sh" "$here/sample.csv" >"$work/sample.txt" 2>&1; then
    tap_ok "the sample of published figures"
else
    tap_not_ok "the sample of published figures" "$(cat "$work/sample.txt")"
fi
tap_note "sample: $(tail -n 1 "$work/sample.txt")"

# A check that accepts everything would pass too: one figure changed must be found.
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "expected") e = i - NF }
    NR == 40 { $(NF + e) = $(NF + e) + 0.1 } { print }' "$here/sample.csv" >"$work/planted.csv"
if KPIC=$KPIC "$here/check_national.sh" "$work/planted.csv" >"$work/planted.txt" 2>&1; then
    tap_not_ok "a planted difference is found" "$(cat "$work/planted.txt")"
else
    tap_none "a planted difference is found" \
        "$(grep -q '^498 of 500' "$work/planted.txt" || cat "$work/planted.txt")"
fi

national_source "$work/tables.db"
national_results "$work/tables.db"
sqlite3 -batch "$work/tables.db" <"$here/symbols.sql" >"$work/tables.txt"
faults() {
    grep "^$1" "$work/tables.txt" || :
}
counts=$(sed -n 's/^counts //p' "$work/tables.txt")
tap_none "every authority and year of the tables has a cell" "$(faults 'no cell:')"
tap_none "a symbol among the inputs never gives a number" "$(faults 'a number where')"
tap_none "the strongest symbol of the inputs is the result's" "$(faults 'another symbol:')"
tap_none "inputs that are numbers give a number" "$(faults 'no number:')"
tap_none "every published figure of the tables, to its digit" "$(faults 'another figure:')"
# shellcheck disable=SC2086
set -- ${counts:-0 0 0}
tap_note "tables: $1 published figures, $2 results without a number, $3 of them over a denominator of 0"
tap_none "there was something to compare" \
    "$([ "$1" -gt 39000 ] && [ "$2" -gt 2000 ] && [ "$3" -gt 100 ] || echo "$counts")"
tap_done
