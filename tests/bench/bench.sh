#!/bin/sh
# The 20 indicators of tests/bench/project, for 36 months, by kpic and by the engines that are installed, in
# turn and in one sitting: loads the same files, compares every cell, and prints times as ratios.
#
# Run by `make bench`. Settings, all by name:
#   SIZE     S 10,000 children, M 200,000, L a million; default S
#   DATA     a folder of CSV files in place of the generator's
#   ROUNDS   how often each program runs, one after the other in each round; default 5
#   PEERS    of "duckdb sqlite postgres", those wanted; the ones not installed are left out and named
#   FORMS    of "fused straight", the forms of the SQL; default fused
#   BENCH    where data and databases are kept; default build/bench
#   KPIC_OPTIONS  more options for kpic, for example "--engine reference"
#   EXTRA    1: also kpic alone, by periods, threads and number of indicators, and with a cold store
# DuckDB is its shared library: LIBDUCKDB, or what `npm install --prefix BENCH @duckdb/node-api` brings.
# PostgreSQL gets a cluster of its own under BENCH, without a network port, stopped at the end.
# Times are of one machine; only ratios of one sitting mean something.
set -eu
. "$(dirname "$0")/../env.sh"
bench=$ROOT/tests/bench
tools=$BUILD/release
KPIC=${KPIC:-$tools/kpic}
SIZE=${SIZE:-S}
ROUNDS=${ROUNDS:-5}
PEERS=${PEERS:-duckdb sqlite postgres}
FORMS=${FORMS:-fused}
BENCH=${BENCH:-$BUILD/bench}
KPIC_OPTIONS=${KPIC_OPTIONS:-}
case $SIZE in
S) children=10000 ;;
M) children=200000 ;;
L) children=1000000 ;;
*)
    echo "usage: make bench SIZE=S|M|L [DATA=FOLDER] [ROUNDS=5] [FORMS=\"fused straight\"]" >&2
    exit 2
    ;;
esac
store=$BENCH/$SIZE${DATA:+-$(echo "$DATA" | md5sum | cut -c 1-8)}
mkdir -p "$store/out"
store=$(cd "$store" && pwd -P)
data=${DATA:-$store/data}
sql=$store/sql
mkdir -p "$sql"

say() { printf '%s\n' "$*"; }

# ---- data and databases ----

if [ -z "${DATA:-}" ] && [ ! -f "$data/visits.csv" ]; then
    mkdir -p "$data.new"
    "$tools/generate_bench" "$children" 1 "$data.new" >/dev/null
    mv "$data.new" "$data"
fi
rows=$(($(cat "$data"/*.csv | wc -l) - $(ls "$data"/*.csv | wc -l)))
say "$SIZE: $rows rows, $(cat "$data"/*.csv | wc -c) bytes of CSV; $(nproc) processors; $("$KPIC" --version | head -n 1)"

# NAME FILE COMMAND...: runs a load once, if the file is not there, and notes what it took.
load() {
    name=$1 file=$2
    shift 2
    [ -f "$file" ] && [ -f "$store/load_$name" ] && return
    rm -rf "$file" "$store/load_$name"
    "$tools/stopwatch" "$store/load.new" "$@" >"$store/load.txt" 2>&1 || {
        tail -n 20 "$store/load.txt" >&2
        exit 1
    }
    mv "$store/load.new" "$store/load_$name"
    case $file in
    *.loaded) cat "$file" ;;
    *) stat -c %s "$file" ;;
    esac >>"$store/load_$name"
}

say_load() {
    [ ! -f "$store/load_$1" ] || awk -v name="$1" -v rows="$rows" '
        NR == 1 { wall = $1; peak = $4 }
        NR == 2 { printf "load %-10s %8.3f s %10.0f rows/s  peak %6.1f MiB  file %7.1f MB\n",
                         name, wall, rows / wall, peak / 1024, $1 / 1e6 }' "$store/load_$1"
}

# A store whose program has changed is made again: its form may have.
kpic_db=$store/kpic.db
[ "$KPIC" -nt "$kpic_db" ] && rm -f "$kpic_db"
names=$(sed -n 's/^\([a-z_]*\) .*:.*/\1/p' "$bench/sql/tables")
files=
for name in $names; do files="$files $data/$name.csv"; done
# shellcheck disable=SC2086
load kpic "$kpic_db" "$KPIC" import -q --store "$kpic_db" $files

use_duckdb() {
    for library in "${LIBDUCKDB:-}" "$BENCH"/node_modules/@duckdb/node-bindings-linux-*/libduckdb.so; do
        [ ! -f "$library" ] || break
    done
    [ -f "$library" ] || return 1
    "$bench/tables.sh" duckdb "$data" >"$sql/load_duckdb.sql"
    load duckdb "$store/duckdb.db" "$tools/run_duckdb" "$library" "$store/duckdb.db" "$sql/load_duckdb.sql"
}

use_sqlite() {
    command -v sqlite3 >/dev/null 2>&1 || return 1
    "$bench/tables.sh" sqlite "$data" >"$sql/all.sql"
    sed '/^-- loaded/q' "$sql/all.sql" >"$sql/load_sqlite.sql"
    sed '1,/^-- loaded/d' "$sql/all.sql" >"$sql/made_sqlite.sql"
    made=$([ -f "$store/sqlite.db" ] && echo yes || echo no)
    load sqlite "$store/sqlite.db" sqlite3 -batch "$store/sqlite.db" ".read '$sql/load_sqlite.sql'"
    [ "$made" = yes ] || sqlite3 -batch "$store/sqlite.db" ".read '$sql/made_sqlite.sql'"
}

# As the user postgres when this one is root: the server refuses to be started by root.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then su postgres -c "$1"; else sh -c "$1"; fi
}

use_postgres() {
    command -v psql >/dev/null 2>&1 || return 1
    server=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    [ -x "${server:-/nowhere}/initdb" ] || return 1
    socket=$(mktemp -d)
    cluster=$store/postgres
    if [ "$(id -u)" -eq 0 ]; then
        mkdir -p "$cluster"
        chown postgres "$socket" "$cluster"
        as_server "test -x '$cluster'" || return 1
    fi
    [ -f "$cluster/PG_VERSION" ] ||
        as_server "'$server/initdb' -D '$cluster' -A trust -U postgres -E UTF8 --locale=C" >/dev/null
    as_server "'$server/pg_ctl' -D '$cluster' -l '$cluster/log' -w -o \"-k '$socket' -h '' \
        -c shared_buffers=2GB -c work_mem=256MB -c maintenance_work_mem=512MB -c jit=off -c wal_level=minimal \
        -c max_wal_senders=0 -c max_wal_size=8GB -c random_page_cost=1.1\" start" >/dev/null || return 1
    trap 'as_server "\"$server/pg_ctl\" -D \"$cluster\" stop -m fast" >/dev/null; rm -rf "$socket"' EXIT
    trap 'exit 1' HUP INT TERM
    PGHOST=$socket PGUSER=postgres PGDATABASE=postgres
    export PGHOST PGUSER PGDATABASE
    "$bench/tables.sh" postgres "$data" >"$sql/load_postgres.sql"
    load postgres "$store/postgres.loaded" sh -c \
        "psql -q -X -v ON_ERROR_STOP=1 -f '$sql/load_postgres.sql' && \
         psql -q -X -At -c \"SELECT pg_database_size('postgres')\" >'$store/postgres.loaded'"
}

programs=kpic
for peer in $PEERS; do
    if "use_$peer"; then
        for form in $FORMS; do
            "$bench/statements.sh" "$peer" "$form" >"$sql/$peer-$form.sql"
            [ "$peer" = sqlite ] && {
                echo "PRAGMA cache_size = -1048576; PRAGMA mmap_size = 17179869184; PRAGMA temp_store = MEMORY;" |
                    cat - "$sql/$peer-$form.sql" >"$sql/new" && mv "$sql/new" "$sql/$peer-$form.sql"
            }
            programs="$programs $peer-$form"
        done
    else
        say "$peer: not installed here, left out"
    fi
done
for name in kpic $PEERS; do say_load "$name"; done

# ---- one run ----

# shellcheck disable=SC2086
run_kpic() {
    out=$1 from=$2
    shift 2
    "$tools/stopwatch" "$store/took" "$KPIC" eval "$bench/project" --data "$kpic_db" --from "$from" \
        --to 2017-01 --format csv $KPIC_OPTIONS "$@" >"$out"
}

# PROGRAM: into out/PROGRAM.csv
run_program() {
    out=$store/out/$1.csv
    case $1 in
    kpic) run_kpic "$out" 2014-02 ;;
    duckdb-*) "$tools/stopwatch" "$store/took" "$tools/run_duckdb" "$library" "$store/duckdb.db" "$sql/$1.sql" >"$out" ;;
    sqlite-*) "$tools/stopwatch" "$store/took" sqlite3 -batch -csv -readonly "$store/sqlite.db" ".read '$sql/$1.sql'" >"$out" ;;
    postgres-*) "$tools/stopwatch" "$store/took" psql -q -X -v ON_ERROR_STOP=1 -At -F , -f "$sql/$1.sql" >"$out" ;;
    esac
}

# ---- the same answers first; this run also warms the files up ----

for program in $programs; do
    run_program "$program"
    case $program in
    kpic) "$bench/cells.sh" "$store/out/kpic.csv" >"$store/out/kpic.cells" ;;
    sqlite-*) grep -v '^[0-9]*$' "$store/out/$program.csv" >"$store/out/rows" && mv "$store/out/rows" "$store/out/$program.csv" ;;
    esac
    [ "$program" = kpic ] || "$bench/peer_cells.sh" "$store/out/$program.csv" >"$store/out/$program.cells"
    cmp -s "$store/out/kpic.cells" "$store/out/$program.cells" || {
        say "$program: NOT the same results as kpic's:"
        diff "$store/out/kpic.cells" "$store/out/$program.cells" | head -n 10
        exit 1
    }
done
digest=$(md5sum <"$store/out/kpic.cells" | cut -c 1-32)
known=$(sed -n "s/^$SIZE //p" "$bench/digests")
say "results: $(($(wc -l <"$store/out/kpic.cells") - 1)) cells, the same from: $programs; md5 $digest"
[ -n "${DATA:-}" ] || [ -z "$known" ] || [ "$digest" = "$known" ] || {
    say "results: NOT those agreed for this size ($known)"
    exit 1
}

# ---- rounds ----

: >"$store/times"
round=1
while [ "$round" -le "$ROUNDS" ]; do
    for program in $programs; do
        run_program "$program"
        echo "$round $program $(cat "$store/took")" >>"$store/times"
    done
    round=$((round + 1))
done

# FILE: a line for each program, with its times beside those of the first program of the same round.
table() {
    awk '
        function sorted(list, n,    i, j, held) {
            for (i = 2; i <= n; i++) {
                held = list[i] + 0
                for (j = i - 1; j >= 1 && list[j] + 0 > held; j--) list[j + 1] = list[j]
                list[j + 1] = held
            }
        }
        function middle(list, n) { return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2 }
        NR == 1 { first = $2 }
        !($2 in count) { order[++programs] = $2 }
        { n = ++count[$2]; wall[$2, $1] = $3; cpu[$2, n] = $4 + $5; if ($6 > peak[$2]) peak[$2] = $6; if ($1 > rounds) rounds = $1 }
        END {
            printf "%-22s %10s %10s %10s %9s %9s   %s\n", "program", "min s", "median s", "max s", "cpu s",
                   "peak MiB", "times as long as " first ": min, median, max"
            for (p = 1; p <= programs; p++) {
                name = order[p]
                n = count[name]
                for (r = 1; r <= rounds; r++) {
                    times[r] = wall[name, r]
                    ratio[r] = wall[name, r] / wall[first, r]
                    used[r] = cpu[name, r]
                }
                sorted(times, n); sorted(ratio, n); sorted(used, n)
                printf "%-22s %10.4f %10.4f %10.4f %9.3f %9.1f   %8.2f %8.2f %8.2f\n", name, times[1],
                       middle(times, n), times[n], middle(used, n), peak[name] / 1024, ratio[1],
                       middle(ratio, n), ratio[n]
            }
        }' "$1"
}
say ""
say "$ROUNDS rounds, each program once a round; whole processes, warm, load $(cut -d ' ' -f 1-2 /proc/loadavg)"
table "$store/times"
case $programs in
*postgres*) say "(of PostgreSQL, cpu and peak are its client's)" ;;
esac
[ -n "${EXTRA:-}" ] || exit 0

# ---- kpic alone ----

# COUNT FOLDER: the project with each indicator under so many names.
repeat_project() {
    mkdir -p "$2"
    for file in "$bench"/project/*.kpi; do
        awk -v count="$1" '
            /^[a-z]/ { flush(); keep = /^indicator / }
            { text = text $0 "\n" }
            function flush(    i, again) {
                printf "%s", text
                for (i = 2; keep && i <= count; i++) {
                    again = text
                    sub(/^indicator [a-z0-9_]*/, "&_" i, again)
                    printf "%s", again
                }
                text = ""
                keep = 0
            }
            END { flush() }' "$file" >"$2/$(basename "$file")"
    done
}
repeat_project 2 "$store/project_2"
repeat_project 20 "$store/project_20"
: >"$store/alone"
round=1
while [ "$round" -le "$ROUNDS" ]; do
    took() { echo "$round $1 $(cat "$store/took")" >>"$store/alone"; }
    out=$store/out/alone.csv
    run_kpic "$out" 2014-02 && took 36_periods
    run_kpic "$out" 2017-01 && took 1_period
    run_kpic "$out" 2011-10 && took 64_periods
    run_kpic "$out" 2006-06 && took 128_periods
    run_kpic "$out" 2014-02 --threads 1 && took 1_thread
    run_kpic "$out" 2014-02 --threads 2 && took 2_threads
    run_kpic "$out" 2014-02 -i cp_number && took 1_indicator
    # The store's pages are dropped from the system's memory first.
    dd if="$kpic_db" iflag=nocache count=0 2>/dev/null
    run_kpic "$out" 2014-02 && took cold_store
    for times in 2 20; do
        # shellcheck disable=SC2086
        "$tools/stopwatch" "$store/took" "$KPIC" eval "$store/project_$times" --data "$kpic_db" --from 2014-02 \
            --to 2017-01 --format csv $KPIC_OPTIONS >"$out"
        took "${times}_times_all"
    done
    round=$((round + 1))
done
say ""
say "kpic alone:"
table "$store/alone"
