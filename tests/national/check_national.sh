#!/bin/sh
# Compares what the program makes of England's published counts with the published figures.
#
# usage: check_national.sh [FILE]     (tests/national/sample.csv)
#
# FILE has the columns indicator, old_la_code, year, numerator, denominator, dp and expected. Figures
# are equal as decimals at the `dp` of their row; numerators and denominators must be equal too.
# Prints how many agree for each measure, every disagreement, and the total. Exit 0 only if the
# disagreements are just those rows of FILE that known_wrong.csv has, each as it says.
# KPIC is the program (kpic).
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
. "$here/../env.sh"
KPIC=${KPIC:-$BUILD/release/kpic}
file=${1:-$here/sample.csv}
case $file in
/*) ;;
*) file=${OLDPWD:-.}/$file ;;
esac
test -r "$file" || { echo "check_national.sh: cannot read $file" >&2; exit 2; }
for column in indicator old_la_code year numerator denominator dp expected; do
    head -n 1 "$file" | tr ',' '\n' | tr -d '"\r' | grep -qx "$column" || {
        echo "check_national.sh: $file has no column '$column'" >&2
        exit 2
    }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
. "$here/results.sh"

national_results "$work/check.db"
sqlite3 -batch "$work/check.db" >"$work/report.txt" <<END
.mode csv
.import '$file' published
.import $here/mapping.csv mapping
.import $here/known_wrong.csv known
CREATE TABLE compared AS
  SELECT p.indicator AS measure, p.area, p.old_la_code AS la, p.year, p.expected, p.dp,
         p.numerator || '/' || p.denominator AS counts, g.printed,
         g.numerator || '/' || g.denominator AS our_counts,
         coalesce(g.printed <> '' AND
                  printf('%.*f', p.dp, g.printed) = printf('%.*f', p.dp, p.expected), 0) AS same,
         coalesce(g.numerator = p.numerator AND g.denominator = p.denominator, 0) AS same_counts
  FROM published AS p
  LEFT JOIN mapping AS m ON m.published = p.indicator
  LEFT JOIN got AS g ON g.indicator = m.indicator AND g.la = p.old_la_code AND g.year = p.year;
CREATE TABLE wrong AS
  SELECT c.*, k.why FROM compared AS c
  LEFT JOIN known AS k ON k.indicator = c.measure AND k.old_la_code = c.la AND k.year = c.year
    AND k.expected = c.expected AND c.printed = k.ours AND c.same_counts
  WHERE NOT (c.same AND c.same_counts);
.mode list
.separator ' '
SELECT printf('%-52s %5d of %5d', measure, sum(same AND same_counts), count(*))
FROM compared GROUP BY measure;
SELECT printf('differs: %s, %s (%s), %s: published %s (%s), here %s (%s)%s', measure, area, la, year,
              expected, counts, coalesce(nullif(printed, ''), 'nothing'), coalesce(our_counts, 'no cell'),
              CASE WHEN why IS NULL THEN '' ELSE '. Known: ' || why END)
FROM wrong ORDER BY measure, la, year;
SELECT printf('known to be wrong, but it agrees: %s, %s, %s', k.indicator, k.old_la_code, k.year)
FROM known AS k JOIN compared AS c ON k.indicator = c.measure AND k.old_la_code = c.la
  AND k.year = c.year AND k.expected = c.expected WHERE c.same AND c.same_counts;
SELECT printf('%d of %d figures agree', sum(same AND same_counts), count(*)) FROM compared;
SELECT 'verdict ' || CASE
  WHEN (SELECT count(*) FROM compared) = 0 THEN 'empty'
  WHEN (SELECT count(*) FROM wrong WHERE why IS NULL) > 0 THEN 'differs'
  WHEN (SELECT count(*) FROM known AS k JOIN compared AS c ON k.indicator = c.measure
        AND k.old_la_code = c.la AND k.year = c.year AND k.expected = c.expected
        WHERE c.same AND c.same_counts) > 0 THEN 'stale'
  ELSE 'good' END;
END
sed '$d' "$work/report.txt"
test "$(sed -n '$p' "$work/report.txt")" = "verdict good"
