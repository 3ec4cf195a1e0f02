WITH o AS (SELECT SDQ_SCORE AS score, 2018 - substr(born, 1, 4) - ('03-31' < substr(born, 6)) AS age
           FROM oc2 JOIN kids ON kids.child = oc2.CHILD)
SELECT 'sdq_concern', 2018, '', sum(score <> '' AND score + 0 >= 17), count(*),
       100.0 * sum(score <> '' AND score + 0 >= 17) / count(*)
FROM o WHERE age BETWEEN 4 AND 16
UNION ALL SELECT 'sdq_concern', 2016, '', '', '', ''
UNION ALL SELECT 'sdq_concern', 2017, '', '', '', '';
SELECT 'sdq_concern', 2018, 'part unknown_numerator', count(*), '', ''
FROM oc2 JOIN kids ON kids.child = oc2.CHILD
WHERE SDQ_SCORE = '' AND 2018 - substr(born, 1, 4) - ('03-31' < substr(born, 6)) BETWEEN 4 AND 16;
