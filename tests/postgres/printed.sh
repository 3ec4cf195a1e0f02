# Read by run.sh: the statements that `kpic sql` prints, run by psql and by sqlite3 on the stores of Somerset,
# for every measure: both give the same lines, and the counts of the reference engine.
# shipped() of statements.sh has filled the database somerset.

KPIC=$KPIC_RELEASE indicators/somerset/store.sh "$BUILD/somerset/data" "$work/somerset.db"
"$KPIC_RELEASE" eval indicators/somerset --data "$work/somerset.db" -p 2017-01 --format json --engine reference \
    >"$work/meaning.json" 2>/dev/null
# Measures of the whole: their shape's counts, where a statement gives them by itself.
jq -r '.results[] | select(.group == {} and .band == null) | [.indicator, .numerator // "", .denominator // ""] | @tsv' \
    "$work/meaning.json" | sort -u >"$work/meaning.tsv"

# Lines of an answer, whatever the words for true and false, sorted within each statement.
plain_lines() {
    sed -e 's/\([,|]\|^\)t\($\|[,|]\)/\11\2/g; s/\([,|]\|^\)t\($\|[,|]\)/\11\2/g' \
        -e 's/\([,|]\|^\)f\($\|[,|]\)/\10\2/g; s/\([,|]\|^\)f\($\|[,|]\)/\10\2/g' | sort
}

# FILE: of the last window, rows in the set and not excluded, and those of them in the numerator.
counted() {
    awk -F'|' '
        $1 == "kpi_window" { split("", place); for (i = 1; i <= NF; i++) place[$i] = i; last = -1; next }
        $2 == 1 {
            for (name in place)
                if (name ~ /^kpi_exclude_/ && $place[name] == 1) next
            rows[$1] += $4
            if (("kpi_select_1" in place) && $place["kpi_select_1"] == 1) selected[$1] += $4
            if ($1 > last) last = $1
        }
        END { print selected[last] + 0 "/" rows[last] + 0 }' "$1"
}

differs= wrong= compared=0
while IFS="$(printf '\t')" read -r id numerator denominator; do
    "$KPIC_RELEASE" sql "$id" indicators/somerset --data "$work/somerset.db" -p 2017-01 >"$work/sqlite.sql" 2>/dev/null
    "$KPIC_RELEASE" sql "$id" indicators/somerset --data postgresql:///somerset -p 2017-01 >"$work/server.sql" 2>/dev/null
    sqlite3 -header -separator '|' "$work/somerset.db" <"$work/sqlite.sql" >"$work/sqlite.out" 2>&1 || differs="$differs $id(sqlite3)"
    psql -qXA -P footer=off -v ON_ERROR_STOP=1 -d somerset -f "$work/server.sql" >"$work/server.out" 2>&1 || differs="$differs $id(psql)"
    grep -v '^kpi_window' "$work/sqlite.out" | plain_lines >"$work/sqlite.lines"
    grep -v '^kpi_window' "$work/server.out" | plain_lines >"$work/server.lines"
    if ! grep -q '^SELECT kpi_window' "$work/sqlite.sql"; then continue; fi
    # Sums are halves in SQLite: only counts are compared where there are sums.
    if grep -q 'sum(' "$work/sqlite.sql"; then
        cut -d'|' -f 1-4 "$work/sqlite.lines" >"$work/a"
        cut -d'|' -f 1-4 "$work/server.lines" >"$work/b"
    else
        cp "$work/sqlite.lines" "$work/a"
        cp "$work/server.lines" "$work/b"
    fi
    cmp -s "$work/a" "$work/b" || differs="$differs $id"
    # A proportion of one row set: its fraction.
    if [ "$(grep -c '^SELECT kpi_window' "$work/sqlite.sql")" = 1 ] && grep -q '^    kpi_select_1' "$work/sqlite.sql"; then
        compared=$((compared + 1))
        [ "$(counted "$work/sqlite.out")" = "$numerator/$denominator" ] || wrong="$wrong $id: $numerator/$denominator, $(counted "$work/sqlite.out")"
    fi
done <"$work/meaning.tsv"
tap_none "what is printed gives the same lines in psql and in sqlite3" "$differs"
tap_none "and the fractions of the reference engine" "$wrong"
[ "$compared" -ge 10 ] && tap_ok "of at least 10 proportions" || tap_not_ok "of at least 10 proportions" "$compared"
