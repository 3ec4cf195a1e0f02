WITH d AS (
  SELECT year, julianday(ceased) - julianday(earliest.began) AS days,
         row_number() OVER (PARTITION BY year ORDER BY julianday(ceased) - julianday(earliest.began))
           AS i,
         count(*) OVER (PARTITION BY year) AS n
  FROM left_care JOIN earliest USING (child))
SELECT 'median_days_in_care', asked.year, '', '', '', avg(days)
FROM asked LEFT JOIN d ON d.year = asked.year AND i IN ((n + 1) / 2, (n + 2) / 2)
GROUP BY asked.year;
