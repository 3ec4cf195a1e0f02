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
show kpic eval indicators/somerset --data build/somerset/somerset.db -p 2017-01 \
    -i second_cp_plan,cp_two_years_plus,no_recent_activity,placement_stability,care_leavers_neet
# shellcheck disable=SC2086
show kpic $report -q -o "$store/somerset.html"
# shellcheck disable=SC2086
show kpic $report -q --format text -o "$store/somerset.txt"

say "Next"
cat <<END
  $store/somerset.html  the report: open it in a browser ($store/somerset.txt is the same in text)
  $store/england.txt    every indicator of part 2 (England's tables: Crown copyright, Open
                           Government Licence v3.0; indicators/england/data/README.md)
  indicators/*/*.kpi       the definitions behind these numbers
  README.md                a tour in twenty lines
  kpic help                every command (build/release/kpic)
  make check               the tests
END
