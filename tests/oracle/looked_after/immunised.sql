WITH o AS (SELECT IMMUNISATIONS = '1' AS done, sex FROM oc2 JOIN kids ON kids.child = oc2.CHILD)
SELECT 'immunised', 2018, '', sum(done), count(*), 100.0 * sum(done) / count(*) FROM o
UNION ALL
SELECT 'immunised', 2018, 'Sex=' || sex, sum(done), count(*), 100.0 * sum(done) / count(*)
FROM o GROUP BY sex
UNION ALL SELECT 'immunised', 2016, '', '', '', ''
UNION ALL SELECT 'immunised', 2017, '', '', '', '';
