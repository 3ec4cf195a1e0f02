# Read by import.sh and shards.sh: asking a server, and what an import says.

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
