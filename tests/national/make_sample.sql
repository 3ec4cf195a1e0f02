-- Chooses sample.csv out of the whole file of published figures, the same 500 rows every time:
--   sqlite3 :memory: -cmd '.mode csv' -cmd '.import EXPECTED published' <tests/national/make_sample.sql
-- First what is most easily wrong: the figure known to be wrong, every figure that lies exactly between
-- two printed ones, Dorset before and after 2019, some zeros and hundreds. Then two of each measure
-- and year, in an order that depends on nothing but the row's number, until there are 500.
.mode csv
.headers on
CREATE TABLE marked AS
  SELECT rowid AS row, *,
         "check" <> 'match' AS anomaly,
         (numerator * (CASE basis WHEN 'percent' THEN 100 ELSE 10000 END) * 20) % (denominator * 2)
           = denominator AS tie,
         old_la_code IN ('835', '838') AND (rowid * 7919) % 18371 < 2500 AS dorset,
         expected + 0 = 0 AS zero,
         expected = '100' AS hundred,
         row_number() OVER (PARTITION BY indicator, year ORDER BY (rowid * 7919) % 18371) AS turn
  FROM published;
CREATE TABLE chosen AS
  SELECT row FROM (
    SELECT row, CASE WHEN anomaly THEN 0 WHEN tie THEN 1 WHEN dorset THEN 2
                     WHEN zero AND row % 3 = 0 THEN 3 WHEN hundred AND row % 3 = 0 THEN 4
                     ELSE 4 + turn END AS rank
    FROM marked ORDER BY rank, (row * 7919) % 18371, row LIMIT 500);
SELECT origin, input_file, indicator, area, old_la_code, new_la_code, year, numerator, denominator,
       basis, dp, expected, "check"
FROM marked WHERE row IN (SELECT row FROM chosen) ORDER BY row;
