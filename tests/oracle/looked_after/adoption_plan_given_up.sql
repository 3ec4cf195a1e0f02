WITH g AS (
  SELECT year, julianday(upto) - julianday(since) AS days FROM asked JOIN (
    SELECT substr(DATE_PLACED, 7, 4) || '-' || substr(DATE_PLACED, 4, 2) || '-'
             || substr(DATE_PLACED, 1, 2) AS since,
           substr(DATE_PLACED_CEASED, 7, 4) || '-' || substr(DATE_PLACED_CEASED, 4, 2) || '-'
             || substr(DATE_PLACED_CEASED, 1, 2) AS upto
    FROM placed_for_adoption) ON upto BETWEEN first AND last),
o AS (SELECT year, days, row_number() OVER (PARTITION BY year ORDER BY days) AS i,
             count(*) OVER (PARTITION BY year) AS n FROM g)
SELECT 'adoption_plan_given_up', asked.year, '', '', '', avg(days)
FROM asked LEFT JOIN o ON o.year = asked.year AND (2 * i = n OR 2 * i = n + 1 OR 2 * i = n + 2)
GROUP BY asked.year;
