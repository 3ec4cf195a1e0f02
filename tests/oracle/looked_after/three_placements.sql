-- Rows of in_care, each with the child's new placements of the year and the one it began with.
WITH p AS (
  SELECT c.year, c.id,
         sum(e.began BETWEEN c.first AND c.last AND e.rne IN ('S', 'P', 'B')) AS new,
         sum(e.began < c.first AND (e.ceased IS NULL OR e.ceased >= c.first)) AS held
  FROM in_care AS c JOIN eps AS e ON e.child = c.child
  GROUP BY c.year, c.id)
SELECT 'three_placements', year, '', sum(new + held >= 3), count(*),
       100.0 * sum(new + held >= 3) / count(*)
FROM p GROUP BY year;
