WITH p AS (SELECT year, provider FROM asked JOIN eps ON began BETWEEN first AND last
           WHERE rne IN ('S', 'P', 'B')),
     c(code) AS (VALUES ('PR0'), ('PR1'), ('PR2'), ('PR3'), ('PR4'), ('PR5'))
SELECT 'placements_made', year, 'Provider=' || code, n, '', n
FROM (SELECT asked.year, code, count(p.provider) AS n FROM asked CROSS JOIN c
      LEFT JOIN p ON p.year = asked.year AND p.provider = code GROUP BY asked.year, code)
UNION ALL
SELECT 'placements_made', asked.year, '', count(p.provider), '', count(p.provider)
FROM asked LEFT JOIN p USING (year) GROUP BY asked.year;
