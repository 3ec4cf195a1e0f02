-- The part of all pupils who reached it less the part of the pupils looked after, in points: over the
-- product of both wholes. NULL where the figures of all pupils are not published.
WITH ours AS (
  SELECT s.last, sum(reached = 'Y') AS n, count(*) AS d
  FROM spans AS s JOIN pupils ON day BETWEEN s.academic_year AND s.last
  WHERE s.id = 'gcse_gap' AND stage = 'ks4' GROUP BY s.last)
SELECT s.id, s.last, '',
       CASE WHEN a.reached <> 'x' THEN a.reached * ours.d - ours.n * a.pupils END,
       CASE WHEN a.reached <> 'x' THEN a.pupils * ours.d END, 100, NULL, NULL
FROM spans AS s JOIN all_pupils AS a ON a.day BETWEEN s.academic_year AND s.last
JOIN ours ON ours.last = s.last
WHERE s.id = 'gcse_gap' AND a.stage = 'ks4';
