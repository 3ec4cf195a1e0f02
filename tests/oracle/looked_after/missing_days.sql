-- The quarter is January to March.
SELECT 'missing_days', year, '', n, '', n
FROM (SELECT year, cast(total(julianday(ceased) - julianday(began)) AS INTEGER) AS n
      FROM asked LEFT JOIN absences ON ceased BETWEEN year || '-01-01' AND last GROUP BY year);
