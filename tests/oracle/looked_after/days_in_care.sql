WITH d AS (
  SELECT l.year, l.id, julianday(l.ceased) - julianday(max(s.began)) AS days
  FROM left_care AS l JOIN eps AS s ON s.child = l.child AND s.rne = 'S' AND s.began <= l.began
  GROUP BY l.year, l.id)
SELECT 'days_in_care', asked.year, '', CASE WHEN count(days) > 0 THEN cast(sum(days) AS INTEGER) END,
       CASE WHEN count(days) > 0 THEN count(days) END, avg(days)
FROM asked LEFT JOIN d USING (year) GROUP BY asked.year;
SELECT 'days_in_care', l.year, 'part left_out', count(*), '', ''
FROM left_care AS l
WHERE NOT EXISTS (SELECT 1 FROM eps AS s WHERE s.child = l.child AND s.rne = 'S' AND s.began <= l.began)
GROUP BY l.year;
