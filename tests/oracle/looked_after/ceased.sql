WITH codes(code) AS (VALUES ('X1'), ('E11'), ('E12'), ('E2'), ('E3'), ('E4'), ('E4A'), ('E4B'),
  ('E41'), ('E43'), ('E44'), ('E45'), ('E46'), ('E47'), ('E48'), ('E5'), ('E6'), ('E7'), ('E8'),
  ('E9'), ('E13'), ('E14'), ('E15'), ('E16'), ('E17'))
SELECT 'ceased', year, 'Reason=' || code, n, '', n
FROM (SELECT asked.year, code, count(l.id) AS n FROM asked CROSS JOIN codes
      LEFT JOIN left_care AS l ON l.year = asked.year AND l.rec = code GROUP BY asked.year, code)
UNION ALL
SELECT 'ceased', asked.year, '', count(id), '', count(id)
FROM asked LEFT JOIN left_care USING (year) GROUP BY asked.year;
