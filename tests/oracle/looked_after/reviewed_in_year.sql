WITH c AS (
  SELECT i.year, i.id,
         EXISTS (SELECT 1 FROM revs WHERE revs.child = i.child AND held BETWEEN i.first AND i.last)
           AS reviewed,
         (SELECT count(*) FROM working_day WHERE day > earliest.began AND day <= i.last) AS days
  FROM in_care AS i JOIN earliest USING (child))
SELECT 'reviewed_in_year', year, '', sum(reviewed), count(*), 100.0 * sum(reviewed) / count(*)
FROM c WHERE days >= 20 GROUP BY year;
SELECT 'reviewed_in_year', year, 'part new_in_care', sum(days < 20), '', ''
FROM (SELECT i.year, (SELECT count(*) FROM working_day WHERE day > earliest.began AND day <= i.last)
        AS days
      FROM in_care AS i JOIN earliest USING (child))
GROUP BY year;
