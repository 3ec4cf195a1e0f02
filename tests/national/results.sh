# Read by the scripts of this folder with `.`: the program's results for England's tables, once.
#
# national_results DATABASE: evaluates indicators/england over 2012/13 to 2023/24 and puts the cells of
# authorities into DATABASE as the table got(indicator, la, year, numerator, denominator, printed, flag),
# with the percent sign and grouping taken out of `printed`. Needs ROOT, KPIC and `work`, a scratch
# folder.

national_results() {
    "$KPIC" import "$ROOT/indicators/england/data" --store "$work/england.db" -q
    "$KPIC" eval "$ROOT/indicators/england" --data "$work/england.db" \
        --from 2012/13 --to 2023/24 --format csv >"$work/results.csv"
    sqlite3 -batch "$1" <<END
.mode csv
.import $work/results.csv results
CREATE TABLE got AS
  SELECT indicator, replace("group", 'Authority=', '') AS la,
         substr(window_end, 1, 4) AS year, numerator, denominator,
         replace(replace(printed, '%', ''), ',', '') AS printed, flags AS flag
  FROM results WHERE "group" <> '';
CREATE UNIQUE INDEX got_key ON got(indicator, la, year);
END
}
