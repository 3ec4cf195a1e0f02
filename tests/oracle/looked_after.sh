#!/bin/sh
# Children looked after, record by record: each indicator of indicators/looked_after against a query
# written from its title and method, run by sqlite3 on the same files imported as they are. One result
# for each indicator and each of the three years; every cell is compared, groups included.
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
KPIC=${KPIC:-$BUILD/debug/kpic}
project=$ROOT/indicators/looked_after
queries=$ROOT/tests/oracle/looked_after
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

{
    echo ".mode csv"
    for file in "$project"/data/*.csv; do
        printf ".import '%s' %s\n" "$file" "$(basename "$file" .csv)"
    done
    echo ".mode list"
    echo ".read '$queries/_tables.sql'"
    echo ".mode csv"
    echo ".output '$work/want.csv'"
    echo "SELECT 'indicator', 'year', 'group', 'numerator', 'denominator', 'value';"
    for query in "$queries"/[a-z]*.sql; do
        echo ".output '$work/$(basename "$query" .sql).csv'"
        echo ".read '$query'"
    done
} >"$work/run.sql"
sqlite3 -batch "$work/oracle.db" <"$work/run.sql"
for query in "$queries"/[a-z]*.sql; do
    cat "$work/$(basename "$query" .sql).csv" >>"$work/want.csv"
done

"$KPIC" eval "$project" --data "$project/data" --from 2016-03 --to 2018-03 --format csv \
    >"$work/got.csv"

# One line a difference: indicator|year|what. An empty field of a query is not compared. A query's group
# `part` is no group: its numerator is the number of that part, of the rows before exclusions (gross),
# of the rows whose condition is unknown, or of the rows left out.
sqlite3 -batch "$work/compare.db" >"$work/differences.txt" <<END
.mode csv
.import $work/want.csv wanted
.import $work/got.csv results
CREATE TABLE want AS SELECT * FROM wanted WHERE "group" NOT LIKE 'part %';
CREATE TABLE want_part AS
  SELECT indicator, year, substr("group", 6) || '=' || numerator AS part FROM wanted
  WHERE "group" LIKE 'part %';
CREATE TABLE got AS
  SELECT indicator, substr(window_end, 1, 4) AS year, replace("group", '; ', ';') AS "group",
         numerator, denominator, value, flags,
         '; ' || excluded || '; ' || of_which || '; gross=' || gross || '; unknown_numerator='
           || unknown_numerator || '; left_out=' || left_out || ';' AS parts
  FROM results WHERE window_end LIKE '%-03-31';
CREATE INDEX got_key ON got(indicator, year, "group");
.mode list
SELECT w.indicator, w.year, w."group" || ': no cell'
FROM want AS w LEFT JOIN got AS g USING (indicator, year, "group") WHERE g.indicator IS NULL;
SELECT g.indicator, g.year, g."group" || ': a cell that the query has not: ' || g.value
FROM got AS g LEFT JOIN want AS w USING (indicator, year, "group") WHERE w.indicator IS NULL;
SELECT w.indicator, w.year, w."group" || ': ' || g.numerator || '/' || g.denominator || ' = ' || g.value
       || ' ' || g.flags || ', the query has ' || w.numerator || '/' || w.denominator || ' = ' || w.value
FROM want AS w JOIN got AS g USING (indicator, year, "group")
WHERE (w.numerator <> '' AND (g.numerator = '' OR g.numerator + 0 <> w.numerator + 0))
   OR (w.denominator <> '' AND (g.denominator = '' OR g.denominator + 0 <> w.denominator + 0))
   OR (w.value <> '' AND (g.value = '' OR abs(g.value - w.value) > 1e-9))
   OR (w.value = '' AND g.value <> '');
SELECT p.indicator, p.year, 'the query has ' || p.part || ', here' || g.parts
FROM want_part AS p JOIN got AS g USING (indicator, year)
WHERE g."group" = '' AND instr(g.parts, '; ' || p.part || ';') = 0;
SELECT indicator, '0', 'more than one cell: ' || year || ' ' || "group" FROM got
GROUP BY indicator, year, "group" HAVING count(*) > 1;
END
sqlite3 -batch "$work/compare.db" "SELECT indicator, year, count(*) FROM wanted GROUP BY 1, 2" \
    >"$work/done.txt"

while IFS='|' read -r id year cells; do
    tap_none "$id at 31 March $year ($cells cells)" \
        "$(sed -n "s/^$id|$year|//p" "$work/differences.txt")"
done <"$work/done.txt"

# An indicator without a query would be compared with nothing.
defined=$(sed -n 's/^indicator \([a-z_0-9]*\) .*/\1/p' "$project"/*.kpi | sort)
asked=$(for query in "$queries"/[a-z]*.sql; do basename "$query" .sql; done | sort)
tap_none "one cell each" "$(sed -n 's/|0|/: /p' "$work/differences.txt")"
tap_none "every indicator has a query" "$(printf '%s\n%s\n' "$defined" "$asked" | sort | uniq -u)"
tap_done
