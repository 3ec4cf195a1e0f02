SELECT 'care_leavers_eet', 2018, '', sum(substr(ACTIV, 1, 1) IN ('F', 'P')), count(*),
       100.0 * sum(substr(ACTIV, 1, 1) IN ('F', 'P')) / count(*)
FROM oc3 WHERE IN_TOUCH NOT IN ('DIED', 'RHOM')
UNION ALL SELECT 'care_leavers_eet', 2016, '', '', '', ''
UNION ALL SELECT 'care_leavers_eet', 2017, '', '', '', '';
SELECT 'care_leavers_eet', 2018, 'part died', sum(IN_TOUCH = 'DIED'), '', '' FROM oc3
UNION ALL
SELECT 'care_leavers_eet', 2018, 'part returned', sum(IN_TOUCH = 'RHOM'), '', '' FROM oc3
UNION ALL
SELECT 'care_leavers_eet', 2018, 'part higher', count(*), '', '' FROM oc3
WHERE IN_TOUCH NOT IN ('DIED', 'RHOM') AND ACTIV IN ('F1', 'P1');
