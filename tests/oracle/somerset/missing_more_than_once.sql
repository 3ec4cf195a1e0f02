-- Children whom the police list twice or more in the twelve months.
WITH p AS (
  SELECT s.id, s.last, police_person_id FROM spans AS s
  JOIN police_missing ON reported BETWEEN s.twelve_months AND s.last
  WHERE s.id = 'missing_more_than_once'
  GROUP BY s.last, police_person_id HAVING count(*) >= 2)
SELECT id, last, '', count(*), 1, 1, NULL, NULL FROM p GROUP BY last;
