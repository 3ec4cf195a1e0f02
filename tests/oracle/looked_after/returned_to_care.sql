WITH r AS (
  SELECT n.year, n.id,
         (SELECT count(*) FROM eps AS e
          WHERE e.child = n.child AND e.id <> n.id AND e.rec <> 'X1' AND e.rec <> ''
            AND e.ceased <= n.began
            AND n.began <= (substr(e.ceased, 1, 4) + 2)
                           || replace(substr(e.ceased, 5), '-02-29', '-02-28')) > 0 AS back
  FROM entered_care AS n)
SELECT 'returned_to_care', asked.year, '', total(back), count(id),
       100.0 * total(back) / nullif(count(id), 0)
FROM asked LEFT JOIN r USING (year) GROUP BY asked.year;
