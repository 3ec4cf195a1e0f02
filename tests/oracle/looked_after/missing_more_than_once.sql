SELECT 'missing_more_than_once', year, '', n, '', n
FROM (SELECT asked.year, (SELECT count(*) FROM (
        SELECT child FROM absences WHERE began BETWEEN asked.first AND asked.last
        GROUP BY child HAVING count(*) > 1)) AS n
      FROM asked);
