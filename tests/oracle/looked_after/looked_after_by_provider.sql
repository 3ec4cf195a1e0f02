WITH c AS (SELECT DISTINCT year, child, provider FROM in_care),
     p(code) AS (VALUES ('PR0'), ('PR1'), ('PR2'), ('PR3'), ('PR4'), ('PR5'))
SELECT 'looked_after_by_provider', year, 'Provider=' || code, n, '', n
FROM (SELECT asked.year, code, count(c.child) AS n FROM asked CROSS JOIN p
      LEFT JOIN c ON c.year = asked.year AND c.provider = code GROUP BY asked.year, code)
UNION ALL
SELECT 'looked_after_by_provider', year, '', count(DISTINCT child), '', count(DISTINCT child)
FROM c GROUP BY year;
