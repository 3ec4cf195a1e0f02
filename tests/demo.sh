#!/bin/sh
# What `make demo` shows: two bodies of real data, from their CSV files to printed indicators.
# Each command is printed before it runs, so that it can be typed again.
set -eu
. "$(dirname "$0")/env.sh"
KPIC=${KPIC:-$BUILD/release/kpic}
PATH=$(dirname "$KPIC"):$PATH
store=build/demo
rm -rf "$store"
mkdir -p "$store"

say() {
    printf '\n\033[1m%s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi
}
# Prints a command as it can be typed, with quotes where a word needs them, and runs it.
show() {
    printf '$'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9_./,=:-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$@"
}

# Somerset and its ten statistical neighbours; Dorset has two codes, before and after 2019.
places="Authority=Somerset,Devon,Cornwall,Suffolk,835,838,Shropshire,Norfolk,884,Gloucestershire,East Sussex,Wiltshire"
headlines=rereferrals_within_12m,cin_at31_rate,s47_rate,cpp_second_or_subsequent,cpp_at31_rate

say "1. England's published tables, 2013 to 2024: from CSV files into a store"
show kpic import -q indicators/england/data --store "$store/england.db"

say "2. Somerset and its ten neighbours: five of the indicators"
show kpic eval indicators/england --data "$store/england.db" --from 2012/13 --to 2023/24 \
    -i "$headlines" --group "$places"
say "   All of them, into $store/england.txt"
show kpic eval indicators/england --data "$store/england.db" --from 2012/13 --to 2023/24 \
    --group "$places" -o "$store/england.txt"

say "3. Looked-after children, record by record, straight from the CSV files"
show kpic eval indicators/looked_after --data indicators/looked_after/data -p 2017/18 \
    -i looked_after_by_placement

say "4. A whole report from records: Somerset's highlight report of January 2017 (the records are made up)"
report="report cypp_programme_6 indicators/somerset --data build/somerset/somerset.db -p 2017-01"
# shellcheck disable=SC2086
show kpic $report -q --format text -o "$store/somerset.txt"
say "   Its tables of measures"
awk '/^Measure / && !shown { shown = 1; print heading } shown && /^Notes$/ { exit } shown; { heading = $0 }' \
    "$store/somerset.txt"
# shellcheck disable=SC2086
show kpic $report -q -o "$store/somerset.html"
say "5. The report as it was printed, held against the same definitions and data"
show kpic reconcile tests/data/seed_report.txt indicators/somerset --data build/somerset/somerset.db \
    >"$store/reconcile.txt" 2>&1 || :
grep -E '^tests.*: (error|warning): |^[0-9]+ errors' "$store/reconcile.txt" | sed 's/^tests.data.seed_report.txt:/line /'

say "Next"
cat <<END
  $store/somerset.html  the report: open it in a browser ($store/somerset.txt is the same in text)
  $store/reconcile.txt  what the printed report has wrong, with the places and the reasons
  $store/england.txt    every indicator of part 2 (England's tables: Crown copyright, Open
                           Government Licence v3.0; indicators/england/data/README.md)
  indicators/*/*.kpi       the definitions behind these numbers
  README.md                a tour in twenty lines
  kpic help                every command (build/release/kpic)
  make check               the tests
END
