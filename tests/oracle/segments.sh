#!/bin/sh
# The columns that an import keeps beside the rows are never used once the rows may be others: every way of
# changing a store with the `sqlite3` program, against SQLite's own count of the rows. Each case starts from the
# same store and says whether the columns may still be used; the figure must be SQLite's either way, and where
# rows were changed it must be another than before, so that old columns would be found out.
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
KPIC=${KPIC:-$BUILD/debug/kpic}
command -v sqlite3 >/dev/null || {
    tap_skip "changes by sqlite3" "no sqlite3 program"
    echo "1..1"
    exit 0
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"

cat >p.kpi <<'END'
source visit "Visits" from "visits"
    covers      2017-01-01 to 2017-01-31
    column      kind       text     from "kind"
    column      day        date     from "day"
    column      minutes    integer  from "minutes"

indicator visits "Visits of kind x"
    value       count of visit v dated v.day where v.kind = "x"
    basis       count
    window      month every month
    good        neutral
    target      none

indicator minutes "Minutes of visits"
    value       sum v.minutes of visit v dated v.day
    basis       count
    window      month every month
    good        neutral
    target      none
END
cat >visits.csv <<'END'
kind,day,minutes
x,2017-01-02,10
y,2017-01-03,20
x,2017-01-04,30
x,2017-01-05,40
y,2017-01-06,50
END
printf 'name\nNorth\n' >teams.csv
"$KPIC" import -q --store first.db visits.csv teams.csv

# STORE: "3 150", as kpic says.
figures() {
    "$KPIC" eval p.kpi --data "$1" -p 2017-01 -v --no-store --format csv >out.csv 2>out.err || cat out.err
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
             { printf "%s%s", (NR > 2 ? " " : ""), $at["numerator"] } END { print "" }' out.csv
}

# STORE: the same, as SQLite says.
truth() {
    sqlite3 -readonly -separator ' ' "$1" "SELECT sum(kind = 'x'), sum(CAST(minutes AS INTEGER)) FROM visits" 2>&1
}

used() {
    if grep -q 'read one by one' out.err; then echo rows; else echo columns; fi
}

# NAME STORE WANTED CHANGED: WANTED is `columns` or `rows`; CHANGED is `changed` or `same`.
judge() {
    rows=$(truth "$2")
    answer=$(figures "$2")
    how=$(used)
    now=$([ "$rows" = "3 150" ] && echo same || echo changed)
    tap_none "$1: $3" "$([ "$answer" = "$rows" ] || echo "kpic has '$answer', SQLite has '$rows'"
        [ "$how" = "$3" ] || echo "read from $how: $(cat out.err)"
        [ "$now" = "$4" ] || echo "the rows are the $now: '$rows'")"
}

# NAME WANTED CHANGED SQL...: each SQL is a run of sqlite3 of its own.
case_sql() {
    name=$1 wanted=$2 changed=$3
    shift 3
    rm -f s.db*
    cp first.db s.db
    for sql in "$@"; do
        printf '%s\n' "$sql" | sqlite3 s.db >sql.out 2>&1 || { tap_not_ok "$name" "$(cat sql.out)" && return; }
    done
    judge "$name" s.db "$wanted" "$changed"
}

insert="INSERT INTO visits (kind, day, minutes) VALUES ('x', '2017-01-09', 7);"
update="UPDATE visits SET kind = 'x', minutes = 21 WHERE kpic_row = 2;"
delete="DELETE FROM visits WHERE kpic_row = 1;"

judge "as imported" first.db columns same

# ---- nothing is written ----
case_sql "reading" columns same "SELECT * FROM visits;"
case_sql "a transaction taken back" columns same "BEGIN; $insert $update $delete ROLLBACK;"
case_sql "a savepoint taken back, which SQLite counts as a commit" rows same "SAVEPOINT a; $update ROLLBACK TO a; RELEASE a;"
case_sql "a change that finds no row" columns same "UPDATE visits SET minutes = 1 WHERE kpic_row = 99;"
case_sql "a cut-off change" columns same "BEGIN; $update
.quit"

# ---- rows ----
for journal in delete truncate persist memory off wal; do
    mode="PRAGMA journal_mode = $journal;"
    case_sql "insert, journal $journal" rows changed "$mode $insert"
    case_sql "update, journal $journal" rows changed "$mode $update"
    case_sql "delete, journal $journal" rows changed "$mode $delete"
    case_sql "in a transaction, journal $journal" rows changed "$mode BEGIN; $insert $delete COMMIT;"
    case_sql "exclusive, journal $journal" rows changed "PRAGMA locking_mode = EXCLUSIVE; $mode $insert $update"
done
case_sql "every row deleted and one inserted" rows changed "DELETE FROM visits; $insert"
case_sql "replace" rows changed "REPLACE INTO visits (kpic_row, kind, day, minutes) VALUES (2, 'x', '2017-01-03', 5);"
case_sql "upsert" rows changed "INSERT INTO visits (kpic_row, kind, minutes) VALUES (2, 'y', 9)
    ON CONFLICT (kpic_row) DO UPDATE SET minutes = excluded.minutes;"
case_sql "a change and its opposite" rows same "$update" "UPDATE visits SET kind = 'y', minutes = 20 WHERE kpic_row = 2;"
case_sql "triggers off" rows changed ".dbconfig enable_trigger off
$update"
case_sql "from another database" rows changed "ATTACH 's.db' AS other;" "CREATE TEMP TABLE t AS SELECT 1; $update"
case_sql "another table" rows same "INSERT INTO teams (name) VALUES ('South');"
case_sql "a page size and a vacuum" rows same "PRAGMA page_size = 8192; VACUUM;"

# ---- write-ahead log ----
case_sql "to the log and back" rows same "PRAGMA journal_mode = WAL;" "PRAGMA journal_mode = DELETE;"
case_sql "to the log, a change, and back" rows changed "PRAGMA journal_mode = WAL; $update" "PRAGMA journal_mode = DELETE;"
case_sql "a log, not changed" rows same "PRAGMA journal_mode = WAL;"
case_sql "a log, written back" rows changed "PRAGMA journal_mode = WAL; $insert PRAGMA wal_checkpoint(TRUNCATE);"
rm -f s.db*
cp first.db s.db
mkfifo pipe
sqlite3 s.db <pipe >sql.out 2>&1 &
shell=$!
exec 3>pipe
echo "PRAGMA journal_mode = WAL; $insert $delete
.system touch ready" >&3
while [ ! -f ready ]; do sleep 0.05; done
judge "a log that is not written back" s.db rows changed
exec 3>&-
wait "$shell"

# ---- the schema ----
case_sql "a column more" rows same "ALTER TABLE visits ADD COLUMN more TEXT;"
case_sql "columns change places" rows changed "ALTER TABLE visits RENAME COLUMN kind TO k;
    ALTER TABLE visits ADD COLUMN kind TEXT; UPDATE visits SET kind = 'x';"
case_sql "another table under the name" rows changed "ALTER TABLE visits RENAME TO old; CREATE TABLE visits AS
    SELECT kpic_row, 'x' AS kind, day, minutes FROM old;"
case_sql "dropped and made again" rows changed "CREATE TEMP TABLE t AS SELECT * FROM visits; DROP TABLE visits;
    CREATE TABLE visits (kpic_row INTEGER PRIMARY KEY, kind TEXT, day TEXT, minutes TEXT);
    INSERT INTO visits SELECT kpic_row, 'x', day, 1 FROM t;"
case_sql "a view under the name" rows changed "ALTER TABLE visits RENAME TO old; CREATE VIEW visits AS
    SELECT kpic_row, 'x' AS kind, day, minutes FROM old;"
case_sql "an index" rows same "CREATE INDEX i ON visits (day);"
case_sql "a written schema" rows changed ".dbconfig defensive off
PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'kpic_segment_stamp') WHERE name = 'teams'; PRAGMA writable_schema = OFF; $insert"
case_sql "the cookie set back" rows changed "CREATE TEMP TABLE c AS SELECT * FROM pragma_schema_version;
    CREATE TABLE z (a); DROP TABLE z; $update
.dbconfig defensive off
PRAGMA schema_version = $(sqlite3 first.db 'PRAGMA schema_version');"

# ---- copies ----
cp first.db s.db
judge "a copy, byte by byte" s.db columns same
sqlite3 first.db ".backup copied.db" "VACUUM INTO 'vacuumed.db'"
judge "a copy by .backup" copied.db rows same
judge "a copy by VACUUM INTO" vacuumed.db rows same
# The counter of a copy by .backup is the copy's own: here it comes to be the one that the import left.
cp first.db s.db
sqlite3 s.db "$update"
for before in 0 1 2 3; do
    rm -f copied.db
    n=0
    while [ "$n" -lt "$before" ]; do
        sqlite3 copied.db "CREATE TABLE t$n (a)"
        n=$((n + 1))
    done
    sqlite3 s.db ".backup copied.db"
    judge "a copy of a changed store onto one written $before times" copied.db rows changed
done
cp first.db copied.db
sqlite3 s.db ".backup copied.db"
judge "a copy of a changed store onto the store as it was" copied.db rows changed
rm -f dumped.db
sqlite3 first.db .dump | sed "s/'y'/'x'/" | sqlite3 dumped.db
sqlite3 dumped.db "PRAGMA application_id = $(sqlite3 first.db 'PRAGMA application_id');
    PRAGMA user_version = $(sqlite3 first.db 'PRAGMA user_version');"
judge "a dump that was edited and read in again" dumped.db rows changed

# ---- made again ----
case_sql "a change" rows changed "$insert $update"
"$KPIC" import -q --reindex --store s.db
judge "reindexed" s.db columns changed
case_sql "a change" rows changed "$delete"
printf 'name\nWest\n' >teams.csv
"$KPIC" import -q --store s.db teams.csv
judge "the next import" s.db columns changed
case_sql "a log, and a change" rows changed "PRAGMA journal_mode = WAL; $insert"
"$KPIC" import -q --reindex --store s.db
judge "reindexed, which ends the log" s.db columns changed
case_sql "columns change places" rows changed "ALTER TABLE visits RENAME COLUMN kind TO k;
    ALTER TABLE visits ADD COLUMN kind TEXT; UPDATE visits SET kind = 'x';"
"$KPIC" import -q --reindex --store s.db
judge "reindexed after a change of the schema" s.db columns changed

# ---- an older store, one that cannot be written, another program's ----
case_sql "a store without columns" rows same "DROP TABLE kpic_segment_stamp; DROP TABLE kpic_segment_table; DROP TABLE kpic_segment;"
"$KPIC" import -q --reindex --store s.db
judge "reindexed without any before" s.db columns same
chmod 444 s.db
judge "read-only" s.db columns same
chmod 644 s.db
case_sql "not ours" rows same "PRAGMA application_id = 0;"

echo "1..$tap_count"
[ "$tap_failures" -eq 0 ]
