WITH gone AS (
  SELECT DISTINCT year, last, child FROM asked JOIN eps ON ceased BETWEEN first AND last
  WHERE rec LIKE 'E%'),
final AS (
  SELECT gone.year, gone.child, ls,
         row_number() OVER (PARTITION BY gone.year, gone.child ORDER BY began DESC) AS back
  FROM gone JOIN eps ON eps.child = gone.child AND began <= gone.last)
SELECT 'care_order_at_the_end', asked.year, '', total(ls IN ('C1', 'C2')), count(child),
       100.0 * total(ls IN ('C1', 'C2')) / nullif(count(child), 0)
FROM asked LEFT JOIN final ON final.year = asked.year AND back = 1 GROUP BY asked.year;
