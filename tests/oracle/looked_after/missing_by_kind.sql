SELECT 'missing_by_kind', year, 'Kind=' || kind, n, '', n
FROM (SELECT asked.year, k.kind, count(a.child) AS n
      FROM asked CROSS JOIN (SELECT 'M' AS kind UNION SELECT 'A') AS k
      LEFT JOIN absences AS a ON a.kind = k.kind AND a.began BETWEEN first AND last
      GROUP BY asked.year, k.kind)
UNION ALL
SELECT 'missing_by_kind', year, '', count(child), '', count(child)
FROM asked LEFT JOIN absences ON began BETWEEN first AND last GROUP BY year;
