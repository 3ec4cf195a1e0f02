SELECT 'adoptive_placement_in_a_year', year, '', sum(soon), count(*), 100.0 * sum(soon) / count(*)
FROM (SELECT year, began <= (substr(entered, 1, 4) + 1)
                            || replace(substr(entered, 5), '-02-29', '-02-28') AS soon
      FROM adoptive)
GROUP BY year;
