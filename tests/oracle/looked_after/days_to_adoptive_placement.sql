SELECT 'days_to_adoptive_placement', year, '',
       cast(sum(julianday(began) - julianday(entered)) AS INTEGER), count(*),
       avg(julianday(began) - julianday(entered))
FROM adoptive GROUP BY year;
