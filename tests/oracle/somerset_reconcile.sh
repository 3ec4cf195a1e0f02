#!/bin/sh
# Somerset's printed report held against its records: the faults that it is known to have are found, its
# right fractions raise no alarm, every figure that is altered is found, and what kpic prints itself is
# read back as right.
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
KPIC=${KPIC_RELEASE:-$BUILD/release/kpic}
page=$ROOT/tests/data/seed_report.txt
project=$ROOT/indicators/somerset
store=$BUILD/somerset/somerset.db
programs=$ROOT/tests/oracle/reconcile
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# FILE : what is said of it, as JSON.
reconcile() {
    "$KPIC" reconcile "$1" "$project" --data "$store" --format json 2>>"$work/messages.txt" || [ $? -eq 1 ]
}

reconcile "$page" >"$work/page.json"
tap_none "every measure is an indicator" \
    "$(jq -r '.measures[] | select(.indicator == null) | .label' "$work/page.json")"
tap_none "every figure of a measure is compared with one of the definitions" \
    "$(jq -r '.figures[] | select(.part and (.data == null or (.data | has("is") and .is == null)))
              | "\(.line): \(.printed)"' "$work/page.json")"

# ---- the faults that the report is known to have ----

# NAME LINE CODE WORDS : a message of this code on this line of the page says, with its notes, the words.
finds() {
    tap_none "it finds $1" "$(jq -r --argjson line "$2" --arg code "$3" --arg words "$4" '
        [.messages[] | select(.line == $line and .code == $code)
         | .message, .help // "", .notes[].message | select(contains($words))]
        | if . == [] then "not said on line \($line): \($code) \($words)" else empty end' \
        "$work/page.json")"
}
finds "62.2% printed for 229 of 373" 131 KPI0661 "which is 61.4%"
finds "that the data gives 61.4% too" 131 KPI0661 "the data gives 61.4% (229/373)"
finds "42.8% where the ages give 116 of 272" 141 KPI0663 "116/272, which is 42.6%"
finds "target bands that add to 96.38%" 120 KPI0665 "add to 96.38%"
finds "41-45 and 45+, which overlap" 120 KPI0666 "'41-45 working days' and '45+ working days' overlap"
finds "December 2017 in a report for January 2017" 146 KPI0669 "'December 2017' is after the period"
finds "10th Jan 16" 120 KPI0670 "taken on 10 January 2016"
finds "the revised methodology compared across" 130 KPI0673 "4.6% is set beside 14.9%"
finds "the benchmark of 19 to 21 for 17 to 21" 141 KPI0677 "ages 17 to 21, and its target for ages 19 to 21"
finds "what is like for like with that" 141 KPI0677 "46.8% (102/218)"
finds "a stock compared with a flow" 117 KPI0753 "560 is set beside 384"
finds "the stock that it should be compared with" 117 KPI0753 "is 431.4"
finds "the wrong denominator of 66.4%" 138 KPI0753 "66.4% is set beside 73.6%"
finds "the right one" 138 KPI0753 "is 75.5%"
finds "rolling 12 months for what is counted on a day" 122 KPI0754 "'Rolling 12 months' is printed"

# ---- and no others ----

tap_none "no error but these" "$(jq -r '.messages[] | select(.severity == "error")
    | "\(.line) \(.code)"' "$work/page.json" | sort | uniq -c | sed 's/^ *//' |
    diff - "$programs/errors.txt" || :)"
jq -r '[.figures[] | select(.fraction and .agrees and (.data.agrees != false))] | length' \
    "$work/page.json" >"$work/right.txt"
tap_none "30 fractions are right" "$([ "$(cat "$work/right.txt")" = 30 ] || cat "$work/right.txt")"

# ---- every figure, altered one at a time ----

# The line that says the period, and the heading of the table.
head=$(sed -n -e '/^Delivery Group Chair/p' -e '/^Outcome measure/{p;q}' "$page" | jq -R . | jq -s .)
jq --rawfile page "$page" --argjson head "$head" -f "$programs/alter.jq" "$work/page.json" >"$work/altered.json"
jq -r '.page[]' "$work/altered.json" >"$work/altered.txt"
reconcile "$work/altered.txt" >"$work/found.json"
altered=$(jq '[.rows[] | select(.altered)] | length' "$work/altered.json")
tap_none "there are many" "$([ "$altered" -ge 225 ] || echo "only $altered")"
tap_none "each of the $altered altered figures is found" "$(jq -r --slurpfile made "$work/altered.json" \
    -f "$programs/not_found.jq" "$work/found.json")"

# ---- what kpic prints ----

for format in markdown; do
    "$KPIC" report cypp_programme_6 "$project" --data "$store" -p 2017-01 --format $format \
        -o "$work/own.$format" 2>>"$work/messages.txt"
done
reconcile "$work/own.markdown" >"$work/own.json"
tap_none "the report that kpic prints is what kpic computes" \
    "$(jq -r '.messages[] | select(.code != "KPI0665" and .code != "KPI0668") | "\(.line) \(.code) \(.message)"' \
        "$work/own.json")"
tap_none "and is read whole" "$(jq -r '[.figures[] | select(.data)] | length | select(. < 160)' "$work/own.json")"
tap_none "no fault of the data" "$(grep -E '(^|: )error: ' "$work/messages.txt" | head -n 5 || :)"
tap_done
