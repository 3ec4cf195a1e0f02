SELECT 'missing_on_the_day', year, '', n, '', n
FROM (SELECT asked.year,
        (SELECT count(*) FROM absences WHERE began <= last AND coalesce(ceased, '9999') > last
           AND child IN (SELECT child FROM in_care WHERE in_care.year = asked.year)) AS n
      FROM asked);
