# Read by run.sh: a store that is divided over three servers and a coordinator.
# same() is of same_bytes.sh, asked(), equal() and import() of asked.sh.

. tests/postgres/divided.sh
files=$work/shard-files
mkdir -p "$files"

# NUMBER DATABASE STATEMENT: on one shard.
asked_shard() {
    eval "PGHOST=\$shard_$1 asked \"\$2\" \"\$3\""
}

# DATABASE STATEMENT: the answers of the shards, with bars.
asked_shards() {
    echo "$(asked_shard 1 "$@")|$(asked_shard 2 "$@")|$(asked_shard 3 "$@")"
}

# NAME PATTERN EXIT: of $said.
says() {
    case $said in
    $2", exit $3") tap_ok "$1" ;;
    *) tap_not_ok "$1" "$said" ;;
    esac
}

# ---- Somerset ----------------------------------------------------------------------------------
somerset_rules() {
    divided "$1" 'distribute ssd_cin_assessments by cina_person_id' \
        'distribute ssd_cin_plans by cinp_person_id   # not in the definitions' 'everywhere ssd_cla_reviews'
}
somerset_rules somerset3
somerset_list=$list
KPIC=$KPIC_RELEASE indicators/somerset/store.sh "$BUILD/somerset/data" "$store" "$list"
for format in html json csv; do
    same "the report of Somerset from three shards, $format" "$BUILD/somerset/somerset.db" "$store" \
        report cypp_programme_6 indicators/somerset -p 2017-01 --format "$format"
done
same "results and fingerprint from three shards" "$BUILD/somerset/somerset.db" "$store" \
    eval indicators/somerset -p 2017-01 --format json --no-store
same "the reference engine from three shards" "$BUILD/somerset/somerset.db" "$store" \
    eval indicators/somerset -p 2017-01 --format csv --no-store --engine reference -i second_cp_plan
persons=$(asked somerset3 'SELECT count(*) FROM ssd_person')
equal "each shard has a part of the children" "$persons" \
    "$(asked_shards somerset3 'SELECT count(*) FROM ssd_person' | tr '|' '+' | bc)"
equal "and all that is about them" "0|0|0" "$(asked_shards somerset3 "SELECT count(*) FROM (
    SELECT cine_person_id p FROM ssd_cin_episodes UNION ALL SELECT cina_person_id FROM ssd_cin_assessments
    UNION ALL SELECT clap_person_id FROM ssd_cla_placement UNION ALL SELECT cinp_person_id FROM ssd_cin_plans) a
    WHERE p IS NOT NULL AND NOT EXISTS (SELECT FROM ssd_person WHERE pers_person_id = p)")"
equal "other tables are whole on each" "3|3|3" "$(asked_shards somerset3 'SELECT count(*) FROM assessment_priority')"
moved=$(asked_shard 1 somerset3 "INSERT INTO ssd_disability (kpic_batch, kpic_row, disa_person_id)
    SELECT 1, 1, x::text FROM generate_series(1, 20) x" 2>&1) || :
case $moved in
*"no partition of relation"*) tap_ok "a shard refuses rows of another one" ;;
*) tap_not_ok "a shard refuses rows of another one" "$moved" ;;
esac

# ---- counted by the shards themselves ----------------------------------------------------------
. tests/postgres/spread.sh
list=$somerset_list store=postgresql:///somerset3

# ---- the script --------------------------------------------------------------------------------
made=$list
somerset_rules script3
(cd indicators/somerset && "$KPIC_RELEASE" import "$BUILD/somerset/data" --store "$store" --shards "$list" --ddl) \
    >"$work/script.sql" 2>"$work/script.err" || tap_not_ok "the script is printed" "$(cat "$work/script.err")"
if said=$(psql -qX -d postgres -f "$work/script.sql" 2>&1); then
    tap_ok "psql runs the script"
else
    tap_not_ok "psql runs the script" "$said"
fi
# SOCKET DATABASE: its tables as pg_dump writes them.
schema_of() {
    PGHOST=$1 pg_dump -s -d "$2" | sed "s/$2/DATABASE/g" | grep -v '^--\|^$\|restrict' || :
}
for socket in "$PGHOST" "$shard_1" "$shard_2" "$shard_3"; do
    schema_of "$socket" script3 >"$work/script.schema"
    # In the order of making; published tables and those of workbooks are not in the script.
    schema_of "$socket" somerset3 >"$work/import.schema"
    tap_none "it makes the tables that an import makes ($(basename "$(dirname "$socket")"))" \
        "$(grep -vxFf "$work/import.schema" "$work/script.schema")"
done
(cd indicators/somerset && "$KPIC_RELEASE" import "$BUILD/somerset/data/ssd_person.csv" --store "$store" \
    --shards "$list" -q)
equal "and a store made by it is loaded as any" "$(asked somerset3 'SELECT count(*) FROM ssd_person')" \
    "$(asked script3 'SELECT count(*) FROM ssd_person')"
list=$made

# ---- a shard that is down ----------------------------------------------------------------------
# ARGUMENTS...: of the store of Somerset, standard output and error apart.
evaluate() {
    "$KPIC" eval indicators/somerset --data postgresql:///somerset3 -p 2017-01 "$@" >"$work/out" 2>"$work/err" &&
        said="$(cat "$work/err"), exit 0" || said="$(cat "$work/err"), exit $?"
}
shard_down shard_2
evaluate
says "a shard that is down is named" "*the shard 's2' of 'postgresql:///somerset3' cannot be read: could not connect to server*KPI0927*" 5
equal "and nothing is printed of the others" "0" "$(wc -c <"$work/out")"
import "$BUILD/somerset/data/population.csv" --store postgresql:///somerset3 --shards "$list" --as population
says "nor is anything imported" "*'shard s2' cannot be connected to:*KPI0558*" 5
shard_up shard_2
asked_shard 2 somerset3 "ALTER TABLE ssd_cp_plans RENAME TO kept; CREATE VIEW ssd_cp_plans AS
    SELECT k.* FROM kept k WHERE pg_terminate_backend(pg_backend_pid())"
evaluate -i second_cp_plan
says "a connection that is lost in the middle is no partial total" "*KPI0560*" 5
equal "nothing is printed then" "0" "$(wc -c <"$work/out")"
asked_shard 2 somerset3 'DROP VIEW ssd_cp_plans; ALTER TABLE kept RENAME TO ssd_cp_plans'

# ---- rows that are lost ------------------------------------------------------------------------
asked_shard 3 somerset3 'CREATE TABLE kept AS SELECT * FROM ssd_cp_plans LIMIT 2;
    DELETE FROM ssd_cp_plans USING kept WHERE ssd_cp_plans.kpic_row = kept.kpic_row'
evaluate -i second_cp_plan
says "rows that are lost are noticed" "*the shard 's3' has * rows of the table 'ssd_cp_plans', where *KPI0929*" 6
equal "and no figure is made" "0" "$(wc -c <"$work/out")"
asked_shard 3 somerset3 'INSERT INTO ssd_cp_plans SELECT * FROM kept; DROP TABLE kept'
same "once they are back all is as it was" "$BUILD/somerset/somerset.db" postgresql:///somerset3 \
    eval indicators/somerset -p 2017-01 -i second_cp_plan --format csv

# ---- imports that are cut off ------------------------------------------------------------------
divided cut 'distribute large by child' 'everywhere area'
seq 1 20000 | sed 's/.*/&,c&,old/; 1i id,child,kind' >"$files/old.csv"
seq 1 25000 | sed 's/.*/&,c&,new/; 1i id,child,kind' >"$files/new.csv"
cat >"$work/large.kpi" <<'END'
source large "Large" from "large"
    column      id         integer
    column      kind       text

indicator large "Rows"
    value       count of large r where year(period end) = 2017
    by          r.kind as "Kind" total "All"
    basis       count
    window      snapshot every month
    good        neutral
END
# VERSION: into the table `large`, always as the same file.
large() {
    cp "$files/$1.csv" "$files/large.csv"
    "$KPIC_RELEASE" import "$files/large.csv" --store "$store" --shards "$list" -q
}
# What a reader gets: kinds with their numbers.
there() {
    "$KPIC_RELEASE" eval "$work/large.kpi" --data "$store" -p 2017-01 --format csv 2>&1 |
        sed -n 's/^large,.*/&/p' >"$work/rows" || :
    "$KPIC_RELEASE" eval "$work/large.kpi" --data "$store" -p 2017-01 --no-store --format json 2>"$work/err" |
        jq -r '[.results[] | select(.numerator != null) | "\(.group.Kind // "all")=\(.numerator)"] | sort | join(" ")'
}
large old
equal "twenty thousand rows are there" "all=20000 old=20000" "$(there)"
torn=
for wait in 0.08 0.15 0.25 0.4; do
    cp "$files/new.csv" "$files/large.csv"
    "$KPIC_RELEASE" import "$files/large.csv" --store "$store" --shards "$list" -q 2>/dev/null &
    child=$!
    sleep "$wait"
    kill -9 "$child" 2>/dev/null || :
    wait "$child" 2>/dev/null || :
    got=$(there)
    case $got in
    'all=20000 old=20000' | 'all=25000 new=25000') ;;
    *) torn="$torn after $wait s: $got $(cat "$work/err")" ;;
    esac
    [ "$got" = 'all=20000 old=20000' ] || large old
done
tap_none "a killed import leaves the old rows or the new ones" "$torn"
large new
equal "and the next one converges" "all=25000 new=25000;0;25000" "$(there);$(asked cut \
    'SELECT count(*) FROM kpic_import WHERE NOT published');$(asked_shards cut 'SELECT count(*) FROM large' | tr '|' + | bc)"

# One shard refuses when the others have committed: it is told, and nothing counts.
asked_shard 3 cut "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''not today''; END';
    CREATE CONSTRAINT TRIGGER no AFTER INSERT ON large DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION no()"
cp "$files/old.csv" "$files/large.csv"
import "$files/large.csv" --store "$store" --shards "$list" -q
says "a shard that cannot commit is named" "*'shard s3' gave an error: not today*KPI0511*" 4
equal "what the others had committed is taken back" "all=25000 new=25000;0;25000" "$(there);$(asked cut \
    'SELECT count(*) FROM kpic_import WHERE NOT published');$(asked_shards cut 'SELECT count(*) FROM large' | tr '|' + | bc)"
asked_shard 3 cut 'DROP TRIGGER no ON large'

# A server that crashes in the middle of an import.
"$KPIC_RELEASE" import "$files/large.csv" --store "$store" --shards "$list" -q 2>"$work/err" &
child=$!
sleep 0.15
shard_down shard_3
code=0
wait "$child" || code=$?
shard_up shard_3
case "$code $(cat "$work/err")" in
"0 "* | "5 "*"'shard s3'"* | "5 "*"the shard 's3'"*) tap_ok "a shard that crashes while rows come is named" ;;
*) tap_not_ok "a shard that crashes while rows come is named" "exit $code: $(cat "$work/err")" ;;
esac
large old
equal "and the next import puts all right" "all=20000 old=20000;0;20000" "$(there);$(asked cut \
    'SELECT count(*) FROM kpic_import WHERE NOT published');$(asked_shards cut 'SELECT count(*) FROM large' | tr '|' + | bc)"

# Readers and imports at once: the old rows, the new ones, or a message.
(for version in new old new old; do large $version; done) &
child=$!
torn=
while kill -0 "$child" 2>/dev/null; do
    got=$(there)
    case "$got;$(cat "$work/err")" in
    'all=20000 old=20000;' | 'all=25000 new=25000;' | ";"*"is in use: an import replaced rows"*) ;;
    *) torn="$torn $got: $(cat "$work/err")" ;;
    esac
done
wait "$child"
tap_none "a reader never sees a part of an import" "$torn"
