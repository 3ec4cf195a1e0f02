SELECT 'moves_rate', year, '', a, b, 100.0 * a / b
FROM (SELECT year,
        (SELECT count(*) FROM eps WHERE began BETWEEN first AND last AND rne IN ('P', 'B')
           AND ls NOT IN ('V3', 'V4')) AS a,
        (SELECT count(DISTINCT child) FROM eps WHERE ls NOT IN ('V3', 'V4')
           AND began <= last AND coalesce(ceased, '9999') >= first) AS b
      FROM asked);
