-- Of the children in care on the day who entered care two and a half years before or earlier, those whose
-- placement began two years before or earlier.
SELECT id, last, '',
       sum(min(date(placed, '+24 months'), date(placed, 'start of month', '+25 months', '-1 day')) <= last),
       count(*), 100, NULL, NULL
FROM in_care
WHERE id = 'placement_stability'
  AND min(date(entered, '+30 months'), date(entered, 'start of month', '+31 months', '-1 day')) <= last
GROUP BY last;
