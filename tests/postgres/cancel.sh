# Read by run.sh: Ctrl-C stops what a server works on for the command, and not only the command.
# interrupted() is of asked.sh.

cluster_database cancel
asked cancel "CREATE VIEW visit AS SELECT 1 AS id, DATE '2017-01-05' AS seen WHERE pg_sleep(60)::text IS NOT NULL"
cat >"$work/cancel.kpi" <<'END'
source visit "Visits" from "visit"
    column      seen        date

indicator visits "Visits"
    value       count of visit v dated v.seen
    basis       count
    window      month every month
    good        neutral
    target      none
END
asked_cancel() { asked cancel "$1"; }
interrupted "rows that are read" asked_cancel "$KPIC" eval "$work/cancel.kpi" --data postgresql:///cancel -p 2017-01
interrupted "a statement" asked_cancel "$KPIC" eval "$work/cancel.kpi" --data postgresql:///cancel -p 2017-01 --stay
