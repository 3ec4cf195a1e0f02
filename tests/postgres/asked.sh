# Read by run.sh: asking a server, and what an import and an evaluation say.

# DATABASE STATEMENT: what it gives, cells between bars.
asked() {
    psql -qXAt -d "$1" -c "$2"
}

# NAME WANTED GOT
equal() {
    if [ "$2" = "$3" ]; then tap_ok "$1"; else tap_not_ok "$1" "wanted: $2
got: $3"; fi
}

# ARGUMENTS...: one import, its standard output and exit code into $said.
import() {
    said=$("$KPIC" import "$@" 2>&1) && said="$said, exit 0" || said="$said, exit $?"
}

# OUT PROJECT STORE FROM TO OPTION...: figures, messages and exit code.
evaluated() {
    out=$1 project=$2 data=$3 from=$4 to=$5
    shift 5
    code=0
    "$KPIC_RELEASE" eval "$project" --data "$data" --from "$from" --to "$to" --format csv "$@" \
        >"$out.csv" 2>"$out.txt" || code=$?
    echo "exit $code" >>"$out.txt"
}

# NAME: what evaluated() left in $work/meaning and $work/other is figures, and the same; so are the messages.
same_figures() {
    tap_none "$1: there are figures" "$([ "$(wc -l <"$work/meaning.csv")" -gt 10 ] || head -n 5 "$work/meaning.txt")"
    tap_none "$1" "$(diff "$work/meaning.csv" "$work/other.csv" | head -n 10
        diff "$work/meaning.txt" "$work/other.txt" | head -n 10)"
}

# NAME FUNCTION COMMAND...: interrupted after two seconds. FUNCTION asks the server that works.
interrupted() {
    name=$1 server=$2
    shift 2
    code=0
    began=$(date +%s)
    timeout -s INT --preserve-status 2 "$@" >"$work/out" 2>"$work/err" || code=$?
    took=$(($(date +%s) - began))
    tap_none "$name: Ctrl-C ends it soon" "$([ "$took" -lt 30 ] || echo "after $took s")"
    equal "$name: with its own exit code, and no figures" "130 0" "$code $(wc -l <"$work/out")"
    for wait in 1 2 3 4 5 6 7 8 9; do
        running=$("$server" "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kpic' AND state = 'active'")
        [ "$running" -gt 0 ] || break
        sleep "0.$wait"
    done
    equal "$name: the server works on nothing any more" "0" "$running"
}
