# Read by run.sh: figures that the server works out itself (--engine sql): of every type, of every shipped
# project, and of random pairs of definition and data, against the reference engine.
# same() is of same_bytes.sh, evaluated() and same_figures() of asked.sh.

same "every type, in the database" "$work/types.db" postgresql:///types \
    eval tests/postgres/types -p 2017-06 --format json --no-store --engine sql

# NAME PROJECT FROM TO FILE...: imported on the server, counted there and by the reference engine here.
shipped() {
    name=$1 project=$2 from=$3 to=$4
    shift 4
    cluster_database "$name"
    if [ $# -gt 0 ]; then
        "$KPIC_RELEASE" import "$@" -q --store "postgresql:///$name"
    else
        KPIC=$KPIC_RELEASE indicators/somerset/store.sh "$BUILD/somerset/data" "postgresql:///$name"
    fi
    evaluated "$work/meaning" "$project" "postgresql:///$name" "$from" "$to" --engine reference
    evaluated "$work/other" "$project" "postgresql:///$name" "$from" "$to" --engine sql
    same_figures "$name: statements give the same figures and messages"
}

# Somerset again, and no row leaves the server.
stays() {
    evaluated "$work/meaning" indicators/somerset postgresql:///somerset 2016-12 2017-01 --engine reference
    evaluated "$work/other" indicators/somerset postgresql:///somerset 2016-12 2017-01 --stay
    same_figures "somerset: the same while its rows stay on the server"
}

# Nothing is looked for row by row where faults are counted: that takes the square of the rows.
surveyed() {
    evaluated "$work/meaning" tests/bench/project postgresql:///benchmark 2016-12 2017-01 --engine reference
    : >"$cluster/socket/log"
    PGOPTIONS="-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 \
-c auto_explain.log_format=json" \
        evaluated "$work/other" tests/bench/project postgresql:///benchmark 2016-12 2017-01 --stay
    sed -n 's/^\t//p' "$cluster/socket/log" | jq -c 'select(."Query Text" | test("kpi_asked"))' >"$work/surveys"
    tap_none "benchmark: the same figures while its rows stay" \
        "$(diff "$work/meaning.csv" "$work/other.csv" | head -n 10)"
    tap_none "and its tables are surveyed" "$([ "$(wc -l <"$work/surveys")" -gt 5 ] || cat "$work/other.txt")"
    tap_none "no link is looked for by itself" "$(jq -r '. as $asked | [.. | objects |
        select(."Parent Relationship" == "SubPlan")] | select(length > 0) | $asked."Query Text"' "$work/surveys")"
}

# What is too much to be read is counted where it is, unless something needs the rows.
chosen() {
    evaluated "$work/meaning" indicators/somerset postgresql:///somerset 2016-12 2017-01 --engine native
    evaluated "$work/other" indicators/somerset postgresql:///somerset 2016-12 2017-01 --memory 1 -v
    tap_none "somerset in 1 MiB: the same figures" "$(diff "$work/meaning.csv" "$work/other.csv" | head -n 10)"
    tap_none "and it is said why the rows stay" "$(grep -q "^engine: sql, because what is needed would take about \
[0-9]* MiB here, and 1 are allowed (--memory): the rows stay on the server\$" "$work/other.txt" || cat "$work/other.txt")"
    evaluated "$work/other" indicators/somerset postgresql:///somerset 2016-12 2017-01 --memory 1 -v --moves
    tap_none "with --moves they are read all the same, and it is said" "$(grep -q "^engine: native, which takes about \
[0-9]* MiB although 1 are allowed (--memory): --moves needs rows\$" "$work/other.txt" || cat "$work/other.txt")"
    evaluated "$work/other" indicators/somerset postgresql:///somerset 2016-12 2017-01 -v
    tap_none "with half of the memory they are read" "$(grep -q "^engine: native, which reads the columns that it \
needs from the server, about [0-9]* MiB (--stay leaves them there)\$" "$work/other.txt" || cat "$work/other.txt")"
}

mkdir "$work/children"
"$BUILD/debug/generate_bench" 300 7 "$work/children" >"$work/rows.txt"
shipped somerset indicators/somerset 2016-12 2017-01
stays
chosen
shipped looked_after indicators/looked_after 2016-03 2018-03 indicators/looked_after/data
shipped england indicators/england 2015-03 2024-03 indicators/england/data
shipped benchmark tests/bench/project 2014-02 2017-01 "$work"/children/*.csv
surveyed

# Half of the pairs in each of two databases. A difference is left under build/differential.
pairs=${KPIC_TEST_PAIRS:-2000}
mkdir -p "$BUILD/differential"
for half in 0 1; do
    cluster_database "pairs_$half"
    KPIC_TEST_DATABASE=postgresql:///pairs_$half "$BUILD/release/differential" random $((pairs / 2)) \
        $((400000 + half * pairs / 2)) "$BUILD/differential" >"$work/pairs_$half.txt" 2>&1 &
    eval "pairs_$half=\$!"
done
for half in 0 1; do
    eval "child=\$pairs_$half"
    if wait "$child"; then
        tap_ok "$((pairs / 2)) random pairs on a server, part $((half + 1))"
        sed -n 's/^# note: //p' "$work/pairs_$half.txt" | while read -r note; do tap_note "$note"; done
    else
        tap_not_ok "$((pairs / 2)) random pairs on a server, part $((half + 1))" \
            "$(grep -v '^ok' "$work/pairs_$half.txt" | tail -n 40)"
    fi
done
# Kept cases.
said=$(KPIC_TEST_DATABASE=postgresql:///pairs_0 "$BUILD/release/differential" replay tests/differential/cases/*.kpi |
    grep '^not' || :)
tap_none "kept cases on a server" "$said"
