#!/bin/sh
# The queries of the benchmark in the words of one engine, on standard output, each with its totals.
# usage: tests/bench/statements.sh duckdb|postgres|sqlite straight|fused
set -eu
engine=$1
form=$2

# The number of a month, $M(x), where x has brackets of its own at most one deep.
case $engine in
duckdb) month='(year(\1) * 12 + month(\1) - 1)' ;;
postgres) month='(extract(year FROM \1)::int * 12 + extract(month FROM \1)::int - 1)' ;;
sqlite) month='(SELECT mon FROM calendar WHERE day = \1)' ;;
*)
    echo "tests/bench/statements.sh: no engine '$engine' (duckdb postgres sqlite)" >&2
    exit 2
    ;;
esac

awk -v engine="$engine" '
    function flush() {
        if (name == "")
            return
        if (!(name in place)) {
            place[name] = ++count
            query[count] = text
        } else if (special)
            query[place[name]] = text
    }
    /^-- @ind / {
        flush()
        name = $3
        special = match($0, / engine=[a-z]*/)
        if (special && substr($0, RSTART + 8, RLENGTH - 8) != engine)
            name = ""
        text = ""
        next
    }
    /^--/ { next }
    { text = text $0 "\n" }
    END {
        flush()
        for (i = 1; i <= count; i++)
            print "WITH g AS MATERIALIZED (\n" query[i] ")\n" \
                "SELECT ind, period, area, CAST(num AS BIGINT), CAST(den AS BIGINT) FROM g UNION ALL\n" \
                "SELECT ind, period, 0, CAST(sum(num) AS BIGINT), CAST(sum(den) AS BIGINT) FROM g\n" \
                "GROUP BY ind, period;"
    }' "$(dirname "$0")/sql/$form.sql" |
    sed -e "s/\\\$M(\\(\\([^()]\\|([^()]*)\\)*\\))/$month/g"
