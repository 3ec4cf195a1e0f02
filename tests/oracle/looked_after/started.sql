WITH s AS (
  SELECT year, substr(began, 1, 4) - substr(born, 1, 4) - (substr(began, 6) < substr(born, 6)) AS age
  FROM entered_care JOIN kids USING (child))
SELECT 'started', year, 'Age=' || age, count(*), '', count(*) FROM s GROUP BY year, age
UNION ALL
SELECT 'started', asked.year, '', count(age), '', count(age)
FROM asked LEFT JOIN s USING (year) GROUP BY asked.year;
