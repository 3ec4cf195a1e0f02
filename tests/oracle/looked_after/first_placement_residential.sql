WITH of_the_year AS (
  SELECT year, child, place, max(rne = 'S') OVER (PARTITION BY year, child) AS entered,
         row_number() OVER (PARTITION BY year, child ORDER BY began) AS i
  FROM asked JOIN eps ON began BETWEEN first AND last)
SELECT 'first_placement_residential', asked.year, '', total(place IN ('K1', 'K2', 'R1', 'R3', 'S1')),
       count(child), 100.0 * total(place IN ('K1', 'K2', 'R1', 'R3', 'S1')) / nullif(count(child), 0)
FROM asked LEFT JOIN of_the_year AS o ON o.year = asked.year AND o.i = 1 AND o.entered = 1
GROUP BY asked.year;
