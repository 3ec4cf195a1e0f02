WITH aged AS (
  SELECT year, child,
         substr(last, 1, 4) - substr(born, 1, 4) - (substr(last, 6) < substr(born, 6)) AS age
  FROM in_care JOIN kids USING (child))
SELECT 'looked_after_by_age', year, 'Age=' || age, count(DISTINCT child), '', count(DISTINCT child)
FROM aged GROUP BY year, age
UNION ALL
SELECT 'looked_after_by_age', year, '', count(DISTINCT child), '', count(DISTINCT child)
FROM aged GROUP BY year;
