# Read by the scripts of this folder with `.`: what the tables themselves say.
#
# national_source DATABASE: imports the tables and fills source(indicator, la, year, n, d, published)
# for every measure of measures.csv and every row of a local authority. Needs ROOT, `here` and `work`.

national_source() {
    {
        echo ".mode csv"
        for table in b1 b2 b4 c1 c2 c4 d1 d3 d5 d6; do
            printf ".import '%s' %s\n" "$(echo "$ROOT"/indicators/england/data/"$table"_*.csv)" "$table"
        done
        printf ".import '%s' ons\n" "$(echo "$ROOT"/indicators/england/data/ons_*.csv)"
        echo ".import '$here/mapping.csv' mapping"
        echo ".import '$here/known_wrong.csv' known"
        echo "CREATE INDEX ons_key ON ons(old_la_code, time_period);"
        echo "CREATE TABLE source(indicator, la, year, n, d, published);"
        # `n` of a sum: its parts with a blank between; a rate's `d`: the estimate of the year before.
        sed 1d "$here/measures.csv" | while IFS=, read -r id table parts whole published; do
            n="t.\"$(echo "$parts" | sed "s/;/\" || ' ' || t.\"/g")\""
            d="coalesce((SELECT population_estimate FROM ons WHERE ons.old_la_code = t.old_la_code
                 AND ons.time_period = t.time_period - 1), 'x')"
            [ -z "$whole" ] || d="t.\"$whole\""
            p="''"
            [ -z "$published" ] || p="t.\"$published\""
            echo "INSERT INTO source SELECT '$id', t.old_la_code, t.time_period, $n, $d, $p
                  FROM $table AS t WHERE t.geographic_level = 'Local authority';"
        done
    } >"$work/source.sql"
    sqlite3 -batch "$1" <"$work/source.sql"
}
