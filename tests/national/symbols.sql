-- Every row of a local authority in the tables against the program's cell of the same authority and
-- year. Reads got (results.sh) and source(indicator, la, year, n, d, published): `n` and `d` are the
-- inputs as published, of a sum with a blank between the parts; `published` is the table's own figure,
-- or empty where the tables have none.
--
-- What must be true of a cell:
--   an input that is a symbol: no number, and the strongest symbol of the inputs (c, u, x, z)
--   a denominator of 0: no number, and z (no cases)
--   else: the published figure to its digit
-- One line of faults each; the last lines are the counts.
CREATE TABLE judged AS
  SELECT s.*, g.printed, g.flag, g.indicator IS NULL AS lacking,
         CASE WHEN marks GLOB '*c*' THEN 'c' WHEN marks GLOB '*u*' THEN 'u'
              WHEN marks GLOB '*x*' THEN 'x' WHEN marks GLOB '*z*' THEN 'z'
              WHEN d = '0' THEN 'z' ELSE '' END AS symbol
  FROM (SELECT *, n || ' ' || d AS marks FROM source) AS s
  LEFT JOIN got AS g ON g.indicator = s.indicator AND g.la = s.la AND g.year = s.year;
.mode list
.separator ' '
SELECT 'no cell:', indicator, la, year FROM judged WHERE lacking LIMIT 20;
SELECT 'a number where the input is a symbol:', indicator, la, year, 'inputs', n, d, 'printed', printed
FROM judged WHERE symbol <> '' AND printed <> '' LIMIT 20;
SELECT 'another symbol:', indicator, la, year, 'inputs', n, d, 'flag', flag, 'expected', symbol
FROM judged WHERE symbol <> '' AND printed = '' AND flag IS NOT symbol LIMIT 20;
SELECT 'no number:', indicator, la, year, 'inputs', n, d, 'flag', flag
FROM judged WHERE symbol = '' AND NOT lacking AND coalesce(printed, '') = '' LIMIT 20;
SELECT 'another figure:', indicator, la, year, 'inputs', n, d, 'published', published, 'printed', printed
FROM judged
WHERE symbol = '' AND printed <> '' AND published <> ''
  AND printf('%.1f', published) <> printf('%.1f', printed)
  AND NOT EXISTS (SELECT 1 FROM known AS k JOIN mapping AS m ON m.published = k.indicator
                  WHERE m.indicator = judged.indicator AND k.old_la_code = la AND k.year = judged.year
                    AND k.ours = judged.printed)
LIMIT 20;
SELECT 'counts', sum(symbol = '' AND published <> ''), sum(symbol <> ''), sum(symbol = 'z' AND d = '0')
FROM judged;
