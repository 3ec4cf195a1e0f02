# Read by run.sh: a store on Citus, as far as PostgreSQL alone can try it: what Citus adds is stood for by
# functions that note how they were called. same() is of same_bytes.sh, equal() and asked() of asked.sh.

cluster_database citus
psql -qX -v ON_ERROR_STOP=1 -d citus <<'END'
CREATE SCHEMA noted;
CREATE TABLE noted.calls (number serial, call text, what text, by text, beside text);
CREATE FUNCTION citus_add_node(text, int) RETURNS int LANGUAGE sql AS
    $$INSERT INTO noted.calls (call, what, by) VALUES ('node', $1, $2::text) RETURNING 1$$;
CREATE FUNCTION create_distributed_table(regclass, text, colocate_with text) RETURNS void LANGUAGE sql AS
    $$INSERT INTO noted.calls (call, what, by, beside) VALUES ('distributed', $1::text, $2, $3)$$;
CREATE FUNCTION create_reference_table(regclass) RETURNS void LANGUAGE sql AS
    $$INSERT INTO noted.calls (call, what) VALUES ('reference', $1::text)$$;
END
printf '%s\n' 'w1 = host=worker1 dbname=citus' 'w2 = host=worker2 port=5433 dbname=citus' >"$work/citus.list"
(cd indicators/looked_after && "$KPIC_RELEASE" import data --store postgresql:///citus \
    --shards "$work/citus.list" --ddl --for citus) >"$work/citus.sql" 2>"$work/citus.err" ||
    tap_not_ok "the script for Citus is printed" "$(cat "$work/citus.err")"
if said=$(grep -v '^CREATE EXTENSION IF NOT EXISTS citus;$' "$work/citus.sql" | psql -qX -d postgres 2>&1); then
    tap_ok "psql runs the script for Citus"
else
    tap_not_ok "psql runs the script for Citus" "$said"
fi
equal "the workers are named" "worker1 5432
worker2 5433" "$(asked citus "SELECT what || ' ' || by FROM noted.calls WHERE call = 'node' ORDER BY number")"
equal "the store's own tables are the coordinator's" "" "$(asked citus "SELECT what FROM noted.calls WHERE what LIKE 'kpic_%'")"
first=$(asked citus "SELECT what FROM noted.calls WHERE call = 'distributed' ORDER BY number LIMIT 1")
equal "all of a child is together" "none 1,\"$first\" $(($(asked citus "SELECT count(*) FROM noted.calls
    WHERE call = 'distributed'") - 1))" "$(asked citus "SELECT string_agg(beside || ' ' || n, ',' ORDER BY at) FROM
    (SELECT beside, count(*) AS n, min(number) AS at FROM noted.calls WHERE call = 'distributed' GROUP BY beside) a")"
equal "by the child's number" "" "$(asked citus "SELECT what || ' ' || by FROM noted.calls
    WHERE call = 'distributed' AND by <> 'CHILD'")"
equal "each table is one or the other" "0" "$(asked citus "SELECT count(*) FROM pg_catalog.pg_class c WHERE relkind = 'r'
    AND relnamespace = 'public'::regnamespace AND relname !~ '^kpic_'
    AND (SELECT count(*) FROM noted.calls WHERE what = c.relname AND call <> 'node') <> 1")"

# The tables stay the ones that Citus knows of, whatever is imported.
tables_of() {
    asked citus "SELECT string_agg(relname || ' ' || oid, ',' ORDER BY relname) FROM pg_catalog.pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname !~ '^kpic_'"
}
before=$(tables_of)
(cd indicators/looked_after && "$KPIC_RELEASE" import data -q --store postgresql:///citus) \
    >"$work/said" 2>&1 || tap_not_ok "an import fills them" "$(cat "$work/said")"
equal "an import fills the tables that are there" "$before" "$(tables_of)"
children=$(asked citus 'SELECT count(*) FROM header')
# Of the same name, with a child less.
sed '$d' indicators/looked_after/data/header.csv >"$work/header.csv"
(cd indicators/looked_after && "$KPIC_RELEASE" import "$work/header.csv" -q --store postgresql:///citus)
equal "another content of a file takes the place of its rows, in the same table" "$before $((children - 1))" \
    "$(tables_of) $(asked citus 'SELECT count(*) FROM header')"
(cd indicators/looked_after && "$KPIC_RELEASE" import data/header.csv -q --store postgresql:///citus)
echo 'a,b' >"$work/other.csv"
import "$work/other.csv" --store postgresql:///citus
case $said in
*"there is no table 'other'"*KPI0933*", exit 4") tap_ok "a table that the script did not make is refused" ;;
*) tap_not_ok "a table that the script did not make is refused" "$said" ;;
esac
same "figures of a store on Citus" indicators/looked_after/data postgresql:///citus \
    eval indicators/looked_after --from 2016-03 --to 2018-03 --format csv --no-store
