WITH c AS (SELECT DISTINCT year, child, label FROM in_care JOIN kind USING (place))
SELECT 'looked_after_by_placement', year, 'Placement=' || label, n, '', n
FROM (SELECT asked.year, k.label, count(c.child) AS n
      FROM asked CROSS JOIN (SELECT DISTINCT label FROM kind) AS k
      LEFT JOIN c ON c.year = asked.year AND c.label = k.label GROUP BY asked.year, k.label)
UNION ALL
SELECT 'looked_after_by_placement', year, '', count(DISTINCT child), '', count(DISTINCT child)
FROM c GROUP BY year;
