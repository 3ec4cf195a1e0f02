#!/bin/sh
# Every engine against the reference engine on whole projects and stores: the shipped indicators with their
# data, and the benchmark's on 300 children, read from the files and from an imported store; with one thread
# and with two. The CSV, the messages and the exit code must be the same to the byte.
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
kpic=${KPIC_RELEASE:-$BUILD/release/kpic}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

mkdir "$work/children"
"$BUILD/debug/generate_bench" 300 7 "$work/children" >"$work/rows.txt"
(cd "$work" && "$kpic" import -q --store "$work/children.db" children/*.csv)
KPIC=$kpic indicators/somerset/store.sh "$BUILD/somerset/data" "$work/somerset.db" >"$work/rows.txt" 2>&1
cat >"$work/projects.txt" <<END
somerset indicators/somerset $work/somerset.db 2016-04 2017-01
looked_after indicators/looked_after indicators/looked_after/data 2016-03 2018-03
england indicators/england indicators/england/data 2015-03 2024-03
benchmark tests/bench/project $work/children 2014-02 2017-01
benchmark_imported tests/bench/project $work/children.db 2014-02 2017-01
benchmark_70_months tests/bench/project $work/children.db 2011-04 2017-01
END

# OUT PROJECT DATA FROM TO OPTION...
evaluate() {
    out=$1 project=$2 data=$3 from=$4 to=$5
    shift 5
    code=0
    "$kpic" eval "$project" --data "$data" --from "$from" --to "$to" --format csv "$@" \
        >"$out.csv" 2>"$out.txt" || code=$?
    echo "exit $code" >>"$out.txt"
}

while read -r name project data from to; do
    evaluate "$work/meaning" "$project" "$data" "$from" "$to" --engine reference
    tap_none "$name: the reference engine gives figures" \
        "$([ "$(wc -l <"$work/meaning.csv")" -gt 10 ] || head -n 5 "$work/meaning.txt")"
    for engine in auto native sql; do
        # Statements are about tables of a database.
        [ "$engine" != sql ] || [ "${data%.db}" != "$data" ] || continue
        for threads in 1 2; do
            [ "$engine $threads" != "sql 2" ] || continue
            evaluate "$work/other" "$project" "$data" "$from" "$to" --engine "$engine" --threads "$threads"
            tap_none "$name: $engine, threads: $threads" \
                "$(diff "$work/meaning.csv" "$work/other.csv" | head -n 10
                diff "$work/meaning.txt" "$work/other.txt" | head -n 10)"
        done
    done
done <"$work/projects.txt"
tap_done
