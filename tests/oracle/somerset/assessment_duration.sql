-- Assessments completed in the twelve months, by the working days after the referral was received.
WITH d AS (
  SELECT s.id, s.last, b.worked - a.worked AS days
  FROM spans AS s JOIN assessments AS x ON x.completed BETWEEN s.twelve_months AND s.last
  JOIN cases ON cases.id = x.referral
  JOIN days AS a ON a.day = cases.opened JOIN days AS b ON b.day = x.completed
  WHERE s.id = 'assessment_duration'),
b AS (SELECT id, last, CASE WHEN days = 0 THEN '0' WHEN days <= 10 THEN '1-10'
                            WHEN days <= 20 THEN '11-20' WHEN days <= 30 THEN '21-30'
                            WHEN days <= 40 THEN '31-40' WHEN days <= 45 THEN '41-45'
                            ELSE '46+' END AS band FROM d)
SELECT id, last, band, count(*), (SELECT count(*) FROM b AS w WHERE w.last = b.last), 100, NULL, NULL
FROM b GROUP BY last, band;
