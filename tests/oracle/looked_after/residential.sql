SELECT 'residential', year, '', a, b, 100.0 * a / b
FROM (SELECT year, sum(place IN ('K1', 'K2', 'R1', 'R3', 'S1')) AS a, count(*) AS b
      FROM in_care GROUP BY year);
