SELECT 'placements_at_31_march', year, '', count(*), '', count(*) FROM in_care GROUP BY year;
WITH held AS (
  SELECT year, last, child, ls, ls IN ('V3', 'V4') AS breaks FROM asked JOIN eps
  ON began <= last AND coalesce(ceased, '9999') > last),
seekers AS (
  SELECT CHILD AS child, CASE WHEN DUC = '' THEN '9999' ELSE
    substr(DUC, 7, 4) || '-' || substr(DUC, 4, 2) || '-' || substr(DUC, 1, 2) END AS upto
  FROM uasc),
parts AS (
  SELECT year, count(*) AS gross, sum(breaks) AS short_breaks,
         sum(NOT breaks AND ls IN ('C1', 'C2')) AS care_orders,
         sum(NOT breaks AND EXISTS (SELECT 1 FROM seekers
                                    WHERE seekers.child = held.child AND upto > last)) AS seeking
  FROM held GROUP BY year)
SELECT 'placements_at_31_march', year, 'part gross', gross, '', '' FROM parts
UNION ALL
SELECT 'placements_at_31_march', year, 'part short_breaks', short_breaks, '', '' FROM parts
UNION ALL
SELECT 'placements_at_31_march', year, 'part care_orders', care_orders, '', '' FROM parts
UNION ALL
SELECT 'placements_at_31_march', year, 'part asylum_seekers', seeking, '', '' FROM parts;
