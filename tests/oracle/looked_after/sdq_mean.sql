WITH o AS (SELECT SDQ_SCORE AS score, 2018 - substr(born, 1, 4) - ('03-31' < substr(born, 6)) AS age
           FROM oc2 JOIN kids ON kids.child = oc2.CHILD)
SELECT 'sdq_mean', 2018, '', sum(score), count(*), avg(score) FROM o
WHERE score <> '' AND age >= 4 AND age <= 16
UNION ALL SELECT 'sdq_mean', 2016, '', '', '', ''
UNION ALL SELECT 'sdq_mean', 2017, '', '', '', '';
SELECT 'sdq_mean', 2018, 'part left_out', count(*), '', ''
FROM oc2 JOIN kids ON kids.child = oc2.CHILD
WHERE SDQ_SCORE = '' AND 2018 - substr(born, 1, 4) - ('03-31' < substr(born, 6)) BETWEEN 4 AND 16;
