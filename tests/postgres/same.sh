# Read by run.sh: the same bytes from PostgreSQL as from SQLite. same() is of same_bytes.sh.

cluster_database types
psql -qX -v ON_ERROR_STOP=1 -d types -f tests/postgres/types/types.sql
sqlite3 "$work/types.db" <tests/postgres/types/same.sql
for engine in native reference; do
    same "every type, $engine engine" "$work/types.db" postgresql:///types \
        eval tests/postgres/types -p 2017-06 --format json --no-store --engine "$engine"
done
