#!/bin/sh
# Somerset's report by kpic: each figure of tests/data/seed_expected.csv as the definitions give it, in the
# same comparison as the queries of their own; the neighbours' averages of the report from the published
# tables; what is refused a verdict; and for each measure a change of the store that must change its figure.
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
# Many runs of one indicator each need no sanitizers.
fast=${KPIC:-$BUILD/release/kpic}
KPIC=${KPIC:-$BUILD/debug/kpic}
queries=$ROOT/tests/oracle/somerset
expected=$ROOT/tests/data/seed_expected.csv
project=$ROOT/indicators/somerset
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

if ! "$KPIC" help workbooks >"$work/help.txt" 2>&1; then
    tap_skip "Somerset's report" "this kpic does not read workbooks"
    tap_done
fi
tap_none "the definitions are sound" "$("$KPIC" check "$project" 2>&1 | grep -E '(^|: )error: ' || :)"
KPIC=$KPIC "$project/store.sh" "$BUILD/somerset/data" "$work/somerset.db"

# PERIODS... : the results of some indicators, without a second header.
ids=$(for query in "$queries"/[a-z]*.sql; do basename "$query" .sql; done | paste -sd, -)
quarterly=icpc_rate,cp_plans,assessment_duration,missing_more_than_once,referrals_assessed,s47_rate
yearly=ks2_rwm,ks2_gap,gcse_5ac,gcse_gap
evaluate() {
    "$KPIC" eval "$project" --data "$work/somerset.db" --format csv "$@" 2>>"$work/messages.txt"
}
evaluate --from 2016-12 --to 2017-01 -i "$ids" >"$work/kpic.csv"
evaluate -p 2016-09 -i "$quarterly" | sed 1d >>"$work/kpic.csv"
evaluate --from 2015-08 --to 2016-08 -i "$yearly" | sed 1d >>"$work/kpic.csv"
tap_none "no fault of the data" "$(grep -E '(^|: )error: ' "$work/messages.txt" | head -n 5 || :)"

# kpic's rows in the form of the queries'. A derived value has twelve decimals and no fraction; money is
# in pence; a part of a count stands in excluded, of_which or gross.
sqlite3 -batch "$work/compare.db" >"$work/differences.txt" <<END
.mode csv
.import $expected expected
.import $work/kpic.csv kpic
.mode list
CREATE VIEW figures_of AS
  SELECT indicator AS id, window_end AS last, basis,
         CASE WHEN band <> '' THEN band
              WHEN "group" LIKE 'Age=%' THEN substr("group", 5)
              WHEN "group" <> '' THEN substr(labels, instr(labels, '=') + 1)
              ELSE '' END AS part,
         numerator, denominator, value, gross, excluded, of_which, share_numerator, share_denominator
  FROM kpic;
CREATE TABLE results(id, last, part, n, d, scale, sn, sd);
INSERT INTO results
  SELECT id, last, part,
         CASE WHEN basis = '£' THEN CAST(replace(substr(value, 1, instr(value, '.') + 2), '.', '') AS INTEGER)
              WHEN denominator = '' THEN CAST(replace(value, '.', '') AS INTEGER)
              ELSE numerator + 0 END,
         CASE WHEN basis = '£' THEN 100 WHEN denominator = '' THEN 1000000000000 ELSE denominator + 0 END,
         CASE WHEN basis = '£' OR denominator = '' THEN 1
              WHEN basis = 'percent' THEN 100 WHEN basis = 'per' THEN 10000 ELSE 1 END,
         share_numerator, share_denominator
  FROM figures_of WHERE value <> '';
INSERT INTO results
  SELECT id, last, part, '', '', 1, '', '' FROM figures_of WHERE value = '';
-- The whole of a distribution is no row of the report; nor is a band added for a benchmark.
DELETE FROM results WHERE id IN ('cin_duration', 'assessment_duration') AND (part = '' OR part LIKE '% + %');
UPDATE results SET part = 'residual' WHERE id = 'no_recent_activity';
INSERT INTO results
  SELECT id, last, 'all', gross, 1, 1, '', '' FROM figures_of WHERE id = 'no_recent_activity'
  UNION ALL
  SELECT id, last, 'children with disabilities', substr(excluded, 5), 1, 1, '', '' FROM figures_of
  WHERE id = 'no_recent_activity'
  UNION ALL
  SELECT id, last, 'ICPCs', substr(of_which, 7), 1, 1, '', '' FROM figures_of
  WHERE id = 'promise_advocates';
.read $queries/_compare.sql
END
for id in $(echo "$ids" | tr , ' '); do
    count=$(sqlite3 -batch "$work/compare.db" "SELECT count(*) FROM want WHERE id = '$id'")
    tap_none "$id: $count rows of the report" "$(sed -n "s/^$id|//p" "$work/differences.txt")"
done
sqlite3 -batch "$work/compare.db" "SELECT DISTINCT id FROM want" | sed 's/.*/^&|/' >"$work/known.txt"
tap_none "nothing else differs" "$(grep -v -f "$work/known.txt" "$work/differences.txt" || :)"

# INDICATOR FIELD VALUE: of the whole, in January 2017 or in the last period before.
field_is() {
    found=$(sqlite3 -batch "$work/compare.db" "SELECT $2 FROM kpic
        WHERE indicator = '$1' AND \"group\" = '' AND band = '' AND period <> '2016-12'
        ORDER BY window_end DESC LIMIT 1")
    [ "$found" = "$3" ] || echo "$1 $2: '$found', not '$3'"
}
tap_none "what the report compares, and what of it is refused a verdict" "$(
    field_is residential_care previous_printed 4.6%
    field_is residential_care meaning "not comparable"
    field_is residential_care movement ""
    field_is second_cp_plan benchmark_printed 20.7%
    field_is second_cp_plan benchmark_comparable false
    field_is cp_two_years_plus benchmark_printed 2.5%
    field_is cp_two_years_plus benchmark_members 5
    field_is cp_plans benchmark_printed 560
    field_is cp_plans benchmark_comparable false
    field_is placed_over_20_miles benchmark_printed 28.7%
    field_is placed_over_20_miles benchmark_comparable true
    field_is in_house_fostering benchmark_printed 61.1%
    field_is in_house_fostering benchmark_comparable false
    field_is placed_in_county benchmark_printed 66.4%
    field_is placed_in_county benchmark_comparable false
    field_is suitable_accommodation benchmark_printed 84.8%
    field_is care_leavers_neet like_printed 46.8%
    field_is no_recent_activity status missed
    field_is permanence_plan status met
    field_is external_fostering_spend movement ""
    field_is ks2_rwm meaning "not comparable"
    field_is gcse_gap value "")"
tap_none "the gap that the report says is not yet available is so, and not an error" "$(
    if ! "$KPIC" eval "$project" --data "$work/somerset.db" -p 2017-01 -i gcse_gap \
        >"$work/gap.txt" 2>>"$work/messages.txt" ||
        ! grep -q '  not yet available  *43 points  *50.9 points' "$work/gap.txt"; then
        cat "$work/gap.txt"
    fi)"

# ---- what entered and what left ----

# A year and a half of months: each figure is the one before, with what entered and without what left.
for engine in reference native; do
    "$fast" eval "$project" --data "$work/somerset.db" --format csv --moves --engine "$engine" \
        --from 2015-08 --to 2017-01 -i "$ids" >"$work/moves_$engine.csv" 2>>"$work/messages.txt"
done
tap_none "what entered and left is the same on both engines" \
    "$(diff "$work/moves_reference.csv" "$work/moves_native.csv" | head -n 5)"
sqlite3 -batch "$work/moves.db" >"$work/moves.txt" <<END
.mode csv
.import $work/moves_native.csv kpic
.mode list
CREATE INDEX by_cell ON kpic(indicator, period, "group", band);
CREATE VIEW pairs AS
  SELECT now.*, before.numerator AS numerator_before, before.denominator AS denominator_before
  FROM kpic AS now JOIN kpic AS before
    ON before.indicator = now.indicator AND before.period = now.previous_period
   AND before."group" = now."group" AND before.band = now.band;
SELECT indicator, period, "group", band FROM pairs
WHERE (numerator_entered <> '' AND numerator + 0 <> numerator_before + numerator_entered - numerator_left)
   OR (denominator_entered <> ''
       AND denominator + 0 <> denominator_before + denominator_entered - denominator_left);
SELECT 'only ' || count(*) || ' indicators, ' || sum(figures) || ' figures'
FROM (SELECT count(*) AS figures FROM pairs WHERE numerator_entered <> '' GROUP BY indicator)
HAVING count(*) < 18 OR sum(figures) < 500;
SELECT 'no turnover of ' || indicator FROM pairs WHERE numerator_entered <> ''
GROUP BY indicator HAVING sum(numerator_entered + numerator_left) = 0;
END
tap_none "every figure is the one before, with what entered and without what left" \
    "$(head -n 5 "$work/moves.txt")"

# ---- the neighbours, from England's tables ----

evaluate -p 2015/16 >"$work/national.csv"
sqlite3 -batch "$work/national.db" >"$work/neighbours.txt" <<END
.mode csv
.import $work/national.csv kpic
.mode list
CREATE TABLE printed(id TEXT PRIMARY KEY, value TEXT, members INTEGER);
INSERT INTO printed VALUES
  ('national_second_plan', '20.7%', 10), ('national_two_years_plus', '2.5%', 5),
  ('need_open_to_3_months', '22.2%', 10), ('need_open_3_to_6_months', '12.5%', 10),
  ('need_open_6_months_to_1_year', '16.3%', 10), ('need_open_1_to_2_years', '19.2%', 10),
  ('need_open_over_2_years', '29.8%', 10), ('national_plans_started', '560', 10),
  ('assessed_in_11_to_20_days', '18.6%', 10), ('assessed_in_21_to_30_days', '16.8%', 10),
  ('assessed_in_31_to_40_days', '17.5%', 10), ('assessed_in_41_to_45_days', '8.0%', 10),
  ('assessed_in_46_days_or_more', '17.6%', 10), ('national_over_20_miles', '28.7%', 10),
  ('national_placed_internally', '66.4%', 10), ('national_own_provision', '61.1%', 10),
  ('national_suitable_accommodation', '84.8%', 10),
  -- like for like, and the one that is near
  ('national_plans_on_31_march', '431', 10), ('national_inside_boundary', '75.5%', 10),
  ('assessed_same_day', '3.9%', 10), ('assessed_in_1_to_10_days', '17.8%', 10);
SELECT p.id, coalesce(k.benchmark_printed, 'nothing') || ' of ' || coalesce(k.benchmark_members, 0)
       || ' members, the report has ' || p.value || ' of ' || p.members
FROM printed AS p LEFT JOIN kpic AS k ON k.indicator = p.id AND k."group" = 'Authority=933'
WHERE k.benchmark_printed IS NOT p.value OR k.benchmark_members + 0 IS NOT p.members;
END
tap_none "17 of the report's neighbours' averages, and what is like for like" "$(cat "$work/neighbours.txt")"

# ---- another record, another figure ----

sqlite3 -batch "$work/changes.db" ".read '$queries/_changes.sql'"
columns='indicator, period, "group", band, numerator, denominator, value, excluded, of_which'
figures() {
    sqlite3 -batch :memory: ".import --csv '$1' r" "SELECT $columns FROM r WHERE indicator = '$2'"
}
for id in $(echo "$ids" | tr , ' '); do
    change=$(sqlite3 -batch "$work/changes.db" "SELECT change FROM changes WHERE id = '$id'")
    cp "$work/somerset.db" "$work/changed.db"
    sqlite3 -batch "$work/changed.db" "$change"
    from=2016-12
    case ,$yearly, in
    *",$id,"*) from=2015-08 ;;
    esac
    "$fast" eval "$project" --data "$work/changed.db" --format csv --from "$from" --to 2017-01 -i "$id" \
        >"$work/changed.csv" 2>"$work/changed.txt" || :
    "$fast" eval "$project" --data "$work/somerset.db" --format csv --from "$from" --to 2017-01 -i "$id" \
        >"$work/before.csv" 2>"$work/before.txt" || :
    if [ "$(figures "$work/before.csv" "$id")" = "$(figures "$work/changed.csv" "$id")" ]; then
        tap_not_ok "$id: another record, another figure" "$change"
    else
        tap_ok "$id: another record, another figure"
    fi
done
tap_done
