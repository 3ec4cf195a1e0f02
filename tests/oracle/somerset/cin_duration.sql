-- The child in need plans open on the day, by how long they have been: less than 42 days, less than 3, 6
-- and 12 months, and longer. A month from the 31st ends on the last day of a shorter month.
WITH p AS (
  SELECT asked.id, last, start, min(date(start, '+3 months'), date(start, 'start of month', '+4 months', '-1 day')) AS m3,
         min(date(start, '+6 months'), date(start, 'start of month', '+7 months', '-1 day')) AS m6,
         min(date(start, '+12 months'), date(start, 'start of month', '+13 months', '-1 day')) AS m12
  FROM asked JOIN need_plans ON start <= last AND (ended IS NULL OR ended > last)
  WHERE asked.id = 'cin_duration'),
b AS (
  SELECT id, last, CASE WHEN date(start, '+42 days') > last THEN '0-6 weeks'
                        WHEN m3 > last THEN '6 weeks to 3 months'
                        WHEN m6 > last THEN '3-6 months'
                        WHEN m12 > last THEN '6 months to 1 year'
                        ELSE 'over 1 year' END AS band
  FROM p)
SELECT id, last, band, count(*), (SELECT count(*) FROM b AS w WHERE w.last = b.last), 100, NULL, NULL
FROM b GROUP BY last, band;
