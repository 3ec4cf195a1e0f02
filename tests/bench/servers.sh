#!/bin/sh
# The 20 indicators of tests/bench/project, for 36 months, where the records are on PostgreSQL: on one server,
# and divided over three, beside the SQL that was fused by hand for one server; in turn, in one sitting.
# Compares every cell, and prints the times, as ratios and for each number of children.
#
# Run by `make bench-servers`.
# usage: tests/bench/servers.sh [CHILDREN...]    default 50000 200000
#   ROUNDS   how often each runs; default 3
#   ENGINES  of kpic: native, sql, or stay (sql, and no row leaves the servers); default "native stay"
# The servers are of its own, under a temporary folder, without a network port, and stopped at the end. All
# four share the processors of this machine: three servers are here to be right, not to be quick.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/postgres/cluster.sh"
bench=$ROOT/tests/bench
tools=$BUILD/release
KPIC=${KPIC:-$tools/kpic}
ROUNDS=${ROUNDS:-3}
ENGINES=${ENGINES:-native stay}
[ $# -gt 0 ] || set -- 50000 200000
cluster_find || {
    echo "tests/bench/servers.sh: PostgreSQL is not installed: apt-get install postgresql" >&2
    exit 2
}
cluster_start
cluster_shards 3
work=$cluster/bench
mkdir "$work"
names=$(sed -n 's/^\([a-z_]*\) .*:.*/\1/p' "$bench/sql/tables")
: >"$work/times"

# LABEL COMMAND...
timed() {
    label=$1
    shift
    "$tools/stopwatch" "$work/took" "$@" || exit 1
    echo "$children $label $(cat "$work/took")" >>"$work/times"
}

# CHILDREN: the data, in both stores and in the tables of the hand-written SQL.
stores_make() {
    children=$1
    data=$work/$children
    mkdir "$data"
    "$tools/generate_bench" "$children" 1 "$data" >/dev/null
    for base in one three hand; do cluster_database "${base}_$children"; done
    list=$work/$children.shards
    : >"$list"
    number=0
    for socket in "$shard_1" "$shard_2" "$shard_3"; do
        number=$((number + 1))
        PGHOST=$socket cluster_database "three_$children"
        echo "s$number = host=$socket dbname=three_$children user=kpic" >>"$list"
    done
    # These only help the SQL by hand.
    for name in periods calendar age_bands; do echo "everywhere $name" >>"$list"; done
    files=
    for name in $names; do files="$files $data/$name.csv"; done
    # shellcheck disable=SC2086
    (cd "$bench/project" && timed load_one_server "$KPIC" import -q --store "postgresql:///one_$children" $files)
    # shellcheck disable=SC2086
    (cd "$bench/project" && timed load_three_servers "$KPIC" import -q --store "postgresql:///three_$children" \
        --shards "$list" $files)
    "$bench/tables.sh" postgres "$data" >"$work/load.sql"
    timed load_by_hand psql -q -X -v ON_ERROR_STOP=1 -d "hand_$children" -f "$work/load.sql"
    for socket in "$PGHOST" "$shard_1" "$shard_2" "$shard_3"; do
        for base in one three hand; do
            PGHOST=$socket psql -q -X -d "${base}_$children" -c 'VACUUM ANALYZE' >/dev/null 2>&1 || :
        done
    done
    rm -rf "$data"
}

# BASE ENGINE: into $work/BASE-ENGINE.cells
run_kpic() {
    how="--engine $2"
    [ "$2" != stay ] || how=--stay
    # shellcheck disable=SC2086
    timed "$1_$2" "$KPIC" eval "$bench/project" --data "postgresql:///$1_$children" --from 2014-02 --to 2017-01 \
        --format csv $how -o "$work/out.csv"
    "$bench/cells.sh" "$work/out.csv" >"$work/$1-$2.cells"
}

run_by_hand() {
    PGOPTIONS='-c work_mem=256MB -c jit=off' timed by_hand psql -q -X -v ON_ERROR_STOP=1 -At -F , \
        -d "hand_$children" -f "$work/fused.sql" >"$work/hand.csv"
    "$bench/peer_cells.sh" "$work/hand.csv" >"$work/hand.cells"
}

"$bench/statements.sh" postgres fused >"$work/fused.sql"
for children; do
    stores_make "$children"
    for round in $(seq "$ROUNDS"); do
        run_by_hand
        for engine in $ENGINES; do
            for base in one three; do
                run_kpic "$base" "$engine"
                cmp -s "$work/hand.cells" "$work/$base-$engine.cells" || {
                    echo "$base $engine: NOT the results of the SQL by hand, round $round" >&2
                    exit 1
                }
            done
        done
    done
done

awk '
    function middle(key,    n, i, j, held, list) {
        n = split(all[key], list, " ")
        for (i = 2; i <= n; i++) {
            held = list[i] + 0
            for (j = i - 1; j >= 1 && list[j] + 0 > held; j--) list[j + 1] = list[j]
            list[j + 1] = held
        }
        return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    {
        if (!($1 in seen)) { seen[$1]; sizes[++sizes_len] = $1 }
        if (!($2 in known)) { known[$2]; labels[++labels_len] = $2 }
        all[$1, $2] = all[$1, $2] " " $3
        if ($6 > peak[$1, $2]) peak[$1, $2] = $6
    }
    END {
        for (s = 1; s <= sizes_len; s++) {
            printf "\n%s children%23s %10s %10s\n", sizes[s], "median s", "of by hand", "peak MiB"
            for (l = 1; l <= labels_len; l++)
                printf "  %-26s %10.3f %10.2f %10.1f\n", labels[l], middle(sizes[s] SUBSEP labels[l]),
                       middle(sizes[s] SUBSEP labels[l]) / middle(sizes[s] SUBSEP "by_hand"),
                       peak[sizes[s], labels[l]] / 1024
        }
        for (l = 1; sizes_len > 1 && l <= labels_len; l++)
            printf "%s%-26s %10.2f times as long for %.1f times the children\n", l == 1 ? "\n" : "", labels[l],
                   middle(sizes[sizes_len] SUBSEP labels[l]) / middle(sizes[1] SUBSEP labels[l]),
                   sizes[sizes_len] / sizes[1]
    }' "$work/times"
echo "(medians of $ROUNDS rounds, every cell the same; peak of the client)"
