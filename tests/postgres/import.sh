# Read by run.sh: importing into a PostgreSQL server.
# same() is of same.sh, asked(), equal() and import() of asked.sh.

files=$work/files
mkdir -p "$files"
cluster_database import
store=postgresql:///import

# Blanks, tabs, line ends, backslashes and quotes of a cell, an empty cell, a long heading.
long=$(printf 'é%.0s' $(seq 1 50))
printf 'id,"a ""b""",%s\n1,"x\t\\N\r\n\\.\n",y\n2,,\\\n' "$long" >"$files/plans.csv"
import "$files/plans.csv" --store "$store"
equal "a file is imported" "imported plans.csv into 'plans': 2 rows, exit 0" "$said"
sqlite="$work/import.db"
"$KPIC" import "$files/plans.csv" --store "$sqlite" -q
equal "its cells are what they are in SQLite" \
    "$(sqlite3 "$sqlite" 'SELECT hex(id), hex("a ""b"""), hex("'"$long"'") FROM plans ORDER BY kpic_row')" \
    "$(asked import 'SELECT upper(encode(convert_to(id, $$UTF8$$), $$hex$$)),
        upper(coalesce(encode(convert_to("a ""b""", $$UTF8$$), $$hex$$), $$$$)),
        upper(encode(convert_to("'"$(printf 'é%.0s' $(seq 1 30))"'_3", $$UTF8$$), $$hex$$))
        FROM plans ORDER BY kpic_row')"
equal "a long heading is kept whole" "plans|3|$long" "$(asked import 'SELECT * FROM kpic_column')"
import "$files/plans.csv" --store "$store"
equal "the same content twice changes nothing" "unchanged plans.csv in 'plans': 2 rows, exit 0" "$said"

printf 'id,kind\n1,a\n' >"$files/plans.csv"
import "$files/plans.csv" --store "$store"
equal "another content replaces it, with its columns" "replaced plans.csv in 'plans': 1 row, exit 0" "$said"
equal "and nothing of the old one is left" "1|a;1;0" \
    "$(asked import 'SELECT id, kind FROM plans');$(asked import 'SELECT count(*) FROM kpic_import');$(asked import 'SELECT count(*) FROM kpic_column')"

# The columns in another order, and rows of two files in one table.
printf 'kind,id\nb,2\nc,3\n' >"$files/more.csv"
import "$files/more.csv" --as plans --store "$store"
equal "a second file adds its rows" "1|1|a,2|2|b,3|3|c" \
    "$(asked import 'SELECT kpic_row, id, kind FROM plans ORDER BY kpic_row' | tr '\n' ',' | sed 's/,$//')"
printf 'kind,id\nd,4\n' >"$files/more.csv"
import "$files/more.csv" --as plans --store "$store"
equal "its rows alone are replaced" "a,d" \
    "$(asked import 'SELECT kind FROM plans ORDER BY kpic_row' | tr '\n' ',' | sed 's/,$//')"
printf 'kind,id,age\nd,4,1\n' >"$files/other.csv"
import "$files/other.csv" --as plans --store "$store"
case $said in
*"and this one has a column 'age' that is not there"*"KPI0535"*"exit 4") tap_ok "other columns are refused" ;;
*) tap_not_ok "other columns are refused" "$said" ;;
esac
printf 'kind,id\nd,4\n' >"$files/twin.csv"
import "$files/twin.csv" --as plans --store "$store"
equal "the same content under another name changes nothing" \
    "unchanged twin.csv in 'plans': 1 row, exit 0" "$said"
import "$files/plans.csv" --store "$store" --dry-run --as third
equal "a dry run writes nothing" "would import plans.csv into 'third': 1 row, exit 0;0" \
    "$said;$(asked import "SELECT count(*) FROM pg_class WHERE relname = 'third'")"

# What an import leaves that is cut off: a table beside, rows in the table, a line that is not published.
asked import "INSERT INTO kpic_import (table_name, file, content, rows, first_row, last_row, published)
    VALUES ('plans', '', '', 0, 0, 0, false), ('third', '', '', 0, 0, 0, false);
    INSERT INTO plans SELECT id, 99, '9', 'left' FROM kpic_import WHERE table_name = 'plans' AND NOT published;
    DO \$\$ BEGIN EXECUTE 'CREATE TABLE kpic_load_' || (SELECT max(id) FROM kpic_import) || ' (a int)'; END \$\$" >/dev/null
cat >"$work/count.kpi" <<'END'
source plan "Plans" from "plans"
    column      id         text

indicator plans "Plans"
    value       count of plan p where year(period end) = 2017
    basis       count
    window      snapshot every month
    good        neutral
END
equal "what is not published does not count" "2" \
    "$("$KPIC" eval "$work/count.kpi" --data "$store" -p 2017-01 --no-store --format json | jq -r '.results[0].value' | sed 's/\..*//')"
printf 'kind,id\ne,5\n' >"$files/more.csv"
import "$files/more.csv" --as plans --store "$store"
equal "and the next import sweeps it away" "a,e;0;0" \
    "$(asked import 'SELECT kind FROM plans ORDER BY kpic_row' | tr '\n' ',' | sed 's/,$//');$(asked import \
        'SELECT count(*) FROM kpic_import WHERE NOT published');$(asked import \
        "SELECT count(*) FROM pg_class WHERE relname LIKE 'kpic_load%'")"

# An import that is killed at any time: the old rows or the new ones, and the next import converges.
seq 1 60000 | sed 's/.*/&,old/; 1i id,kind' >"$files/large.csv"
"$KPIC_RELEASE" import "$files/large.csv" --store "$store" -q
seq 1 70000 | sed 's/.*/&,new/; 1i id,kind' >"$files/large.csv"
torn=
for wait in 0.02 0.05 0.08 0.12 0.2 0.3; do
    "$KPIC_RELEASE" import "$files/large.csv" --store "$store" -q 2>/dev/null &
    child=$!
    sleep "$wait"
    kill -9 "$child" 2>/dev/null || :
    wait "$child" 2>/dev/null || :
    there=$(asked import 'SELECT min(kind), max(kind), count(*) FROM large')
    case $there in
    'old|old|60000' | 'new|new|70000') ;;
    *) torn="$torn after $wait s: $there" ;;
    esac
done
tap_none "a killed import leaves the old rows or the new ones" "$torn"
"$KPIC_RELEASE" import "$files/large.csv" --store "$store" -q
equal "and the next one converges" "new|new|70000;0" \
    "$(asked import 'SELECT min(kind), max(kind), count(*) FROM large');$(asked import \
        'SELECT count(*) FROM kpic_import WHERE NOT published')"

# Another import at work, another program's tables, no schema, a store of a newer version.
psql -qX -d import -c "SELECT pg_advisory_lock(1802530147, hashtext('public'))" -c "SELECT pg_sleep(60)" \
    >/dev/null 2>&1 &
holder=$!
sleep 1
import "$files/twin.csv" --as busy --store "$store"
asked import "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted" >/dev/null
wait "$holder" 2>/dev/null || :
case $said in
*"is in use: another import writes to it [KPI0505]"*"exit 5") tap_ok "two imports do not meet" ;;
*) tap_not_ok "two imports do not meet" "$said" ;;
esac
cluster_database foreign
asked foreign 'CREATE TABLE payroll (a int); CREATE SCHEMA store'
import "$files/twin.csv" --store postgresql:///foreign
case $said in
*"tables of another program"*"KPI0504"*"exit 4") tap_ok "another program's schema is left alone" ;;
*) tap_not_ok "another program's schema is left alone" "$said" ;;
esac
import "$files/twin.csv" --store 'postgresql:///foreign?options=-csearch_path%3Dstore'
equal "a schema of its own is named in the address" "imported twin.csv into 'twin': 1 row, exit 0;1" \
    "$said;$(asked foreign 'SELECT count(*) FROM store.twin')"
import "$files/twin.csv" --store 'postgresql:///foreign?options=-csearch_path%3Dnone'
case $said in
*"has no schema that tables could be made in [KPI0504]"*"exit 4") tap_ok "a schema that is not there is told" ;;
*) tap_not_ok "a schema that is not there is told" "$said" ;;
esac
asked import 'UPDATE kpic_store SET version = 9'
import "$files/twin.csv" --store "$store"
case $said in
*"is a store of version 9"*"KPI0503"*) tap_ok "a store of a newer version is left alone" ;;
*) tap_not_ok "a store of a newer version is left alone" "$said" ;;
esac
asked import 'UPDATE kpic_store SET version = 1'
import "$files/twin.csv" --store "$store" --as "$(printf 't%.0s' $(seq 1 64))"
case $said in
*"a name has at most 63 bytes on a PostgreSQL server"*) tap_ok "a table's name is not cut" ;;
*) tap_not_ok "a table's name is not cut" "$said" ;;
esac

import --reindex --store "$store"
case $said in
*"'--reindex' is for SQLite files"*"exit 2") tap_ok "a server is not reindexed" ;;
*) tap_not_ok "a server is not reindexed" "$said" ;;
esac

# The whole of Somerset.
cluster_database somerset
KPIC=$KPIC_RELEASE indicators/somerset/store.sh "$BUILD/somerset/data" postgresql:///somerset
for format in html json csv; do
    same "the report of Somerset, $format" "$BUILD/somerset/somerset.db" postgresql:///somerset \
        report cypp_programme_6 indicators/somerset -p 2017-01 --format "$format"
done
