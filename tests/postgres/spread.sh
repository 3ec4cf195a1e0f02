# Read by shards.sh: figures that the shards work out themselves. divided(), asked_shard(), says() are of
# shards.sh, equal(), evaluated() and same_figures() of asked.sh.

# ---- Somerset and the other shipped projects ---------------------------------------------------
# OUT PROJECT STORE FROM TO OPTION...: as evaluated(), but where statements were answered goes into OUT.places.
reckoned() {
    evaluated "$@" --no-store -v
    sed -n 's/^statements: //p' "$1.txt" | sed 's/[^0-9]\{1,\}/ /g; s/ $//' >"$1.places"
    sed -i '/^statements: /d; /^engine: /d' "$1.txt"
}

# NAME PROJECT DATABASE FROM TO PLACES: the same figures from the reference engine and from statements. PLACES:
# how many are answered by each shard, by the coordinator alone, by it from rows of the shards.
spreads() {
    reckoned "$work/meaning" "$2" "postgresql:///$3" "$4" "$5" --engine reference
    reckoned "$work/other" "$2" "postgresql:///$3" "$4" "$5" --engine sql
    same_figures "$1: the same from statements on the shards"
    equal "$1: where they are answered" "$6" "$(cat "$work/other.places")"
    reckoned "$work/other" "$2" "postgresql:///$3" "$4" "$5" --stay
    tap_none "$1: the same while rows stay" "$(diff "$work/meaning.csv" "$work/other.csv" | head -n 10)"
    equal "$1: where they are answered then" "$6" "$(cat "$work/other.places")"
}

spreads "somerset on shards" indicators/somerset somerset3 2016-12 2017-01 "28 30 0"

# NAME PROJECT FILE...: into four new databases, divided as the definitions say.
loaded() {
    name=$1 project=$2
    shift 2
    divided "$name"
    (cd "$project" && "$KPIC_RELEASE" import "$@" -q --store "$store" --shards "$list") >"$work/said" 2>&1 ||
        tap_not_ok "$name is imported" "$(cat "$work/said")"
}
loaded looked3 indicators/looked_after data
spreads "looked_after on shards" indicators/looked_after looked3 2016-03 2018-03 "40 0 0"
mkdir "$work/spread_children"
"$BUILD/debug/generate_bench" 300 7 "$work/spread_children" >"$work/said"
rm "$work"/spread_children/periods.csv "$work"/spread_children/calendar.csv "$work"/spread_children/age_bands.csv
loaded bench3 tests/bench/project "$work"/spread_children/*.csv
spreads "the benchmark on shards" tests/bench/project bench3 2014-02 2017-01 "20 3 0"

# ---- near and far ------------------------------------------------------------------------------
# Children, plans and visits, such that everything about a child is in one place.
near_files() {
    rm -rf "$files/near"
    mkdir "$files/near"
    seq 4 | sed 's/^/a/; 1i area' >"$files/near/area.csv"
    seq 60 | awk 'BEGIN { print "child,area" } { print "c" $1 ",a" $1 % 4 + 1 }' >"$files/near/child.csv"
    seq 150 | awk 'BEGIN { print "plan,child,area,start,end,cost" } {
        printf "p%d,c%d,a%d,2016-%02d-%02d,%s,%s\n", $1, $1 * 7 % 60 + 1, $1 * 3 % 4 + 1, $1 % 12 + 1, $1 * 5 % 28 + 1,
               $1 % 3 ? sprintf("2017-%02d-%02d", $1 % 11 + 1, $1 % 28 + 1) : "", $1 % 11 ? $1 * 13 % 97 ".50" : ""
    }' >"$files/near/plan.csv"
    seq 300 | awk 'BEGIN { print "visit,child,plan,on" } {
        plan = $1 * 11 % 150 + 1
        printf "%d,c%d,p%d,201%d-%02d-%02d\n", $1, plan * 7 % 60 + 1, plan, 6 + $1 % 2, $1 % 12 + 1, $1 % 28 + 1
    }' >"$files/near/visit.csv"
}

# NAME PLACES: the files as they are now, in the store `near`.
near() {
    (cd tests/postgres/spread && "$KPIC_RELEASE" import "$files"/near/*.csv -q --store postgresql:///near \
        --shards "$near_list") >"$work/said" 2>&1 || tap_not_ok "$1: import" "$(cat "$work/said")"
    spreads "$1" tests/postgres/spread near 2016-06 2017-01 "$2"
}
near_files
divided near 'everywhere area'
near_list=$list
near "what is near, and what may be anywhere" "9 0 2"
seq 301 340 | awk '{ print $1 ",c" $1 % 60 + 1 ",p" $1 * 3 % 150 + 1 ",2016-12-05" }' >>"$files/near/visit.csv"
near "visits on another server than their plan" "6 0 5"
near_files
seq 1 20 | awk '{ print "p" $1 ",c" $1 + 20 ",a1,2016-05-01,,10.00" }' >>"$files/near/plan.csv"
near "plans of one key on two servers" "6 0 5"
near_files
echo '301,,p7,2016-12-05' >>"$files/near/visit.csv"
# The row is on one server, its plan maybe on another.
near "a visit to no child" "5 0 6"
near_files
echo '301,c9,,2016-12-05' >>"$files/near/visit.csv"
near "a visit of no plan" "7 0 4"
near_files
sed -i 's/,c9,/,,/' "$files/near/plan.csv"
near "plans of no child" "4 0 7"
near_files
near "all as at first" "9 0 2"

# ---- as it is written --------------------------------------------------------------------------
# PATTERN PLACES: children whose keys are written so; each plan has theirs as they are.
written() {
    rm -rf "$files/written"
    mkdir "$files/written"
    seq 20 | awk -v form="$1" 'BEGIN { print "child,area" } { printf form ",a%d\n", $1, $1 % 2 + 1 }' \
        >"$files/written/child.csv"
    seq 40 | awk 'BEGIN { print "child,number,start,kind" } {
        printf "%d,%d,2016-%02d-10,k%d\n", $1 % 20 + 1, $1 % 7, $1 % 12 + 1, $1 % 4
    }' >"$files/written/plan.csv"
    # Each month the last one is another child's, so that on two servers no row is the last.
    seq 25 | awk '{ printf "1,%d,20%d-%02d-28,k9\n", 100 + $1, 15 + int(($1 - 1) / 12), ($1 - 1) % 12 + 1 }' \
        >>"$files/written/plan.csv"
    divided written 'distribute child by child' 'distribute plan by child'
    "$KPIC_RELEASE" import "$files"/written/*.csv -q --store "$store" --shards "$list" >"$work/said" 2>&1 ||
        tap_not_ok "keys as they are written: import" "$(cat "$work/said")"
    psql -qX -d written -c "CREATE VIEW kind AS SELECT DISTINCT kind FROM plan WHERE kind <> 'k1'"
    spreads "keys as they are written: $1" tests/postgres/written written 2016-06 2017-01 "$2"
}
written %d "3 0 2"
written %02d "1 0 4"

# ---- what each server did ----------------------------------------------------------------------
# FOLDER FILE: what the server there ran since its log was emptied, each with its plan, a line of JSON each.
ran() {
    sed -n 's/^\t//p' "$1/socket/log" | jq -c . >"$2"
}

# Without a name it would take the plans of all runs; `kpi_windows` is in each statement that makes figures.
explained="-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c auto_explain.log_format=json"
explained="$explained -c auto_explain.log_verbose=on -c auto_explain.log_analyze=on -c auto_explain.log_timing=off"
# ARGUMENTS...: of one run whose rows stay; then into figures_N what made figures on the shard N (0: the
# coordinator).
explain_run() {
    for folder in "$cluster" "$cluster"/shard_*; do : >"$folder/socket/log"; done
    PGOPTIONS=$explained "$KPIC_RELEASE" eval "$@" --stay --no-store --format csv >"$work/out.csv" 2>"$work/err" ||
        tap_not_ok "a run with plans" "$(cat "$work/err")"
    for number in 0 1 2 3; do
        folder=$cluster/shard_$number
        [ "$number" -gt 0 ] || folder=$cluster
        ran "$folder" "$work/plans_$number"
        jq -c 'select(."Query Text" | test("kpi_windows")) | .Plan' "$work/plans_$number" >"$work/figures_$number"
    done
}

# FILE: how many rows other servers sent for it.
foreign_rows() {
    jq -s '[.[] | .. | objects | select(."Node Type" == "Foreign Scan") | ."Actual Rows" * ."Actual Loops"] | add // 0' "$1"
}
explain_run indicators/somerset --data postgresql:///somerset3 -p 2017-01
equal "for figures no shard sends a row to the coordinator" "0" "$(foreign_rows "$work/figures_0")"
for number in 1 2 3; do
    equal "shard $number: each of its statements ends in counts" "Aggregate" \
        "$(jq -r '."Node Type"' "$work/figures_$number" | sort -u)"
    # A server does not tell of the last one of a connection.
    tap_none "shard $number: there are as many as there should be" \
        "$([ "$(wc -l <"$work/figures_$number")" -ge 27 ] || wc -l <"$work/figures_$number")"
    rows=$(jq -s 'map(."Actual Rows") | add' "$work/figures_$number")
    tap_none "shard $number: they are few lines" "$([ "$rows" -gt 0 ] && [ "$rows" -lt 1000 ] || echo "$rows rows")"
done
explain_run tests/postgres/spread --data postgresql:///near -p 2017-01 -i far_area -i far_whole
tap_none "rows that may be anywhere do come to the coordinator: this is how it would look" \
    "$([ "$(foreign_rows "$work/figures_0")" -ge 150 ] || foreign_rows "$work/figures_0")"

# ---- what goes wrong ---------------------------------------------------------------------------
# ARGUMENTS...: of the store `near`, standard output and error apart.
counted() {
    "$KPIC" eval tests/postgres/spread --data postgresql:///near -p 2017-01 --no-store --format csv "$@" \
        >"$work/out" 2>"$work/err" && said="$(cat "$work/err"), exit 0" || said="$(cat "$work/err"), exit $?"
    said="$said, $(wc -l <"$work/out") lines"
}
asked_shard 2 near 'CREATE TABLE kept AS SELECT * FROM plan LIMIT 2;
    DELETE FROM plan USING kept WHERE plan.kpic_row = kept.kpic_row'
counted --stay
says "rows that are lost are noticed where they are counted" \
    "*the shard 's2' has * rows of the table 'plan', where *KPI0929*" "6, 0 lines"
counted --stay -i far_area
says "and where they are counted on the coordinator" "*the shard 's2' has *KPI0929*" "6, 0 lines"
asked_shard 2 near 'INSERT INTO plan SELECT * FROM kept; DROP TABLE kept; CREATE TABLE kept AS SELECT * FROM area;
    DELETE FROM area WHERE area = $$a2$$'
counted --stay
says "so are rows of a table that stands everywhere" \
    "*the shard 's2' has 3 rows of the table 'area', where 4 were imported*KPI0929*" "6, 0 lines"
asked_shard 2 near 'TRUNCATE area; INSERT INTO area SELECT * FROM kept; UPDATE area SET kpic_batch = kpic_batch + 9'
counted --stay
says "rows of an import that came later are not taken for those of this one" \
    "*the shard 's2' has 0 rows of the table 'area', where 4 were imported*KPI0929*" "6, 0 lines"
asked_shard 2 near 'TRUNCATE area; INSERT INTO area SELECT * FROM kept; DROP TABLE kept'
counted --stay
says "once all are back there are figures" "" "0, 18 lines"
shard_down shard_3
counted --stay
says "a shard that is down is named, and nothing is counted" "*the shard 's3' *KPI0927*" "5, 0 lines"
shard_up shard_3
psql -qX -d near -c "ALTER SERVER s3 OPTIONS (SET dbname 'somerset3')"
counted --stay
says "so is one that is another" "*KPI0928*" "6, 0 lines"
psql -qX -d near -c "ALTER SERVER s3 OPTIONS (SET dbname 'near')"
asked_shard 1 near "ALTER TABLE plan RENAME TO kept; CREATE VIEW plan AS
    SELECT k.* FROM kept k WHERE pg_terminate_backend(pg_backend_pid())"
counted --stay
says "a shard whose session ends in the middle is named" "*'shard s1' *" "5, 0 lines"
asked_shard 1 near 'DROP VIEW plan; ALTER TABLE kept RENAME TO plan'
asked_shard 1 near "ALTER TABLE plan RENAME TO kept; CREATE VIEW plan AS
    SELECT k.* FROM kept k WHERE pg_sleep(60)::text IS NOT NULL"
asked_near() { asked_shard 1 near "$1"; }
interrupted "a statement on a shard" asked_near "$KPIC" eval tests/postgres/spread --data postgresql:///near \
    -p 2017-01 --no-store --stay
asked_shard 1 near 'DROP VIEW plan; ALTER TABLE kept RENAME TO plan'
counted --engine sql -i own_median --timeout 60
says "and all is well again" "" "0, 2 lines"
