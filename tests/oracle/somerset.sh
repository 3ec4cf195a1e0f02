#!/bin/sh
# Somerset's report from its records: each figure of tests/data/seed_expected.csv against a query written
# from the measure in words, run by sqlite3 on the generated tables as they are; then, for each measure, a
# change of the records that must change it. The generator itself must give the same bytes again, from
# another build, and under the sanitizers.
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
queries=$ROOT/tests/oracle/somerset
expected=$ROOT/tests/data/seed_expected.csv
data=$BUILD/somerset/data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

mkdir "$work/again"
if "$BUILD/debug/generate_somerset" "$work/again" >"$work/again.txt" 2>&1; then
    tap_none "the tables are the same in every run" "$(diff -rq "$data" "$work/again" | head -n 5)"
else
    tap_not_ok "the tables are the same in every run" "$(head -n 20 "$work/again.txt")"
fi

{
    echo ".mode csv"
    echo ".import '$expected' expected"
    for file in "$work/again"/*.csv; do
        printf ".import '%s' %s\n" "$file" "$(basename "$file" .csv)"
    done
    echo ".mode list"
    echo ".read '$queries/_tables.sql'"
    echo ".read '$queries/_changes.sql'"
} >"$work/import.sql"
sqlite3 -batch "$work/records.db" <"$work/import.sql"
tap_none "the records could be real" "$(sqlite3 -batch "$work/records.db" ".read '$queries/_sound.sql'")"

# Every query once on the records as they are, and once after its measure's change, which is undone.
ids=$(for query in "$queries"/[a-z]*.sql; do basename "$query" .sql; done)
sqlite3 -batch "$work/records.db" "SELECT id || '|' || replace(change, char(10), ' ') FROM changes" \
    >"$work/changes.txt"
{
    echo ".mode csv"
    echo ".output '$work/results.csv'"
    echo "SELECT 'id', 'last', 'part', 'n', 'd', 'scale', 'sn', 'sd';"
    for id in $ids; do
        echo ".read '$queries/$id.sql'"
    done
    for id in $ids; do
        echo "SAVEPOINT changed;"
        sed -n "s/^$id|\(.*\)/\1;/p" "$work/changes.txt"
        echo ".output '$work/$id.changed.csv'"
        echo ".read '$queries/$id.sql'"
        echo ".output"
        echo "ROLLBACK TO changed;"
        echo "RELEASE changed;"
    done
} >"$work/run.sql"
sqlite3 -batch "$work/records.db" <"$work/run.sql"

sqlite3 -batch "$work/records.db" >"$work/differences.txt" <<END
.mode csv
.import $work/results.csv results
.mode list
.read $queries/_compare.sql
END

# A comparison that accepts everything would pass too: with every figure changed, every one differs.
planted=$(sqlite3 -batch "$work/planted.db" <<END
.mode csv
.import $expected expected
.import $work/results.csv results
.mode list
UPDATE expected SET printed = replace(replace('1' || printed, '1£', '£1'), ' / ', ' / 1')
WHERE printed GLOB '*[0-9]*';
.output $work/planted.txt
.read $queries/_compare.sql
.output
SELECT count(*) FROM digits;
END
)
tap_none "a figure changed in the report is found" \
    "$([ "$(grep -c 'does not print as' "$work/planted.txt")" -eq "$planted" ] || echo "$planted figures")"

rows=0
for id in $ids; do
    count=$(sqlite3 -batch "$work/records.db" "SELECT count(*) FROM want WHERE id = '$id'")
    rows=$((rows + count))
    tap_none "$id: $count rows of the report" "$(sed -n "s/^$id|//p" "$work/differences.txt")"
    grep "^$id," "$work/results.csv" >"$work/before.csv" || :
    if cmp -s "$work/before.csv" "$work/$id.changed.csv"; then
        tap_not_ok "$id: another record, another figure" "$(sed -n "s/^$id|//p" "$work/changes.txt")"
    else
        tap_ok "$id: another record, another figure"
    fi
done
tap_none "nothing else differs" "$(for id in $ids; do echo "^$id|"; done >"$work/known.txt"
    grep -v -f "$work/known.txt" "$work/differences.txt" || :)"
tap_none "every row of the report is asked for" "$(
    total=$(sqlite3 -batch "$work/records.db" "SELECT count(*) FROM expected")
    reported=$(sqlite3 -batch "$work/records.db" "SELECT count(*) FROM reported")
    [ "$((rows + reported))" -eq "$total" ] || echo "$rows and $reported of $total")"
tap_note "$rows rows of the report agree or are corrected, $(sqlite3 -batch "$work/records.db" \
    "SELECT count(*) FROM corrected") of them corrected"
tap_done
