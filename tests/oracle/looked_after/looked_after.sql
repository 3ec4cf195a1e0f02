SELECT 'looked_after', year, '', n, '', n
FROM (SELECT asked.year, (SELECT count(DISTINCT child) FROM in_care WHERE in_care.year = asked.year) AS n
      FROM asked);
