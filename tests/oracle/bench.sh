#!/bin/sh
# The benchmark's definitions against its SQL, on the records of 300 children: every cell of the 46 lines of
# results, 36 months and 13 areas, of kpic and of sqlite3 with both forms of the queries. Also that the
# generator gives the same records everywhere, and that a wrong figure would be seen.
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
KPIC=${KPIC:-$BUILD/debug/kpic}
bench=$ROOT/tests/bench
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

mkdir "$work/data"
"$BUILD/debug/generate_bench" 300 1 "$work/data" >"$work/rows.txt"
digest() { cat "$@" | md5sum | cut -c 1-32; }
# The waits are logarithms of the C library; records of another one would still be compared below.
tap_none "300 children are always the same" \
    "$([ "$(digest "$work"/data/*.csv)" = 68ba68f9f157762c112693e144cca865 ] || digest "$work"/data/*.csv)"

"$KPIC" eval "$bench/project" --data "$work/data" --from 2014-02 --to 2017-01 --format csv \
    >"$work/results.csv" 2>"$work/messages.txt" || :
tap_none "no message" "$(head -n 20 "$work/messages.txt")"
"$bench/cells.sh" "$work/results.csv" >"$work/cells.csv"
tap_none "each of the 46 lines has cells" "$(
    lines=$(cut -d , -f 1 "$work/cells.csv" | grep -vc '^indicator$' || :)
    names=$(cut -d , -f 1 "$work/cells.csv" | grep -v '^indicator$' | sort -u | wc -l)
    [ "$names" -eq 46 ] && [ "$lines" -gt 10000 ] || echo "$names lines, $lines cells")"

"$bench/tables.sh" sqlite "$work/data" | sqlite3 -batch "$work/records.db" >"$work/load.txt"
for form in straight fused; do
    "$bench/statements.sh" sqlite "$form" | sqlite3 -batch -csv "$work/records.db" >"$work/rows.csv"
    "$bench/peer_cells.sh" "$work/rows.csv" >"$work/$form.csv"
    tap_none "every cell is as the $form queries of sqlite3 give it" \
        "$(diff "$work/cells.csv" "$work/$form.csv" | head -n 20)"
done

# One referral more must be seen.
sqlite3 -batch "$work/records.db" "INSERT INTO referrals
    SELECT 1000000, 1, CAST(julianday('2016-12-31') - 2440587.5 AS INTEGER), 'Police', 1"
"$bench/statements.sh" sqlite straight | sqlite3 -batch -csv "$work/records.db" >"$work/rows.csv"
"$bench/peer_cells.sh" "$work/rows.csv" >"$work/more.csv"
tap_none "one referral more makes another result" \
    "$(cmp -s "$work/cells.csv" "$work/more.csv" && echo "the same" || :)"
tap_done
