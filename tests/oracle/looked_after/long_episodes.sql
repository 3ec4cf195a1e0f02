-- The quarter is January to March. Rank 1 + 0.9 (n - 1), interpolated.
WITH d AS (
  SELECT year, julianday(ceased) - julianday(began) AS days,
         row_number() OVER (PARTITION BY year ORDER BY julianday(ceased) - julianday(began)) AS i,
         count(*) OVER (PARTITION BY year) AS n
  FROM asked JOIN eps ON ceased BETWEEN year || '-01-01' AND last),
r AS (SELECT year, n, 1 + (n - 1) * 9 / 10 AS lo, ((n - 1) * 9 % 10) / 10.0 AS part
      FROM d GROUP BY year)
SELECT 'long_episodes', asked.year, '', '', '',
  (SELECT lower.days + r.part * (coalesce(upper.days, lower.days) - lower.days)
   FROM r JOIN d AS lower ON lower.year = r.year AND lower.i = r.lo
   LEFT JOIN d AS upper ON upper.year = r.year AND upper.i = r.lo + 1
   WHERE r.year = asked.year)
FROM asked;
