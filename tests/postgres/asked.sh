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
