SELECT 'care_leavers_suitable', 2018, '', sum(ACCOM GLOB '[A-Z]1'), count(*),
       100.0 * sum(ACCOM GLOB '[A-Z]1') / count(*)
FROM oc3 WHERE IN_TOUCH NOT IN ('DIED', 'RHOM') AND substr(ACCOM, 1, 1) NOT IN ('G', 'H', 'R')
UNION ALL SELECT 'care_leavers_suitable', 2016, '', '', '', ''
UNION ALL SELECT 'care_leavers_suitable', 2017, '', '', '', '';
SELECT 'care_leavers_suitable', 2018, 'part gross', count(*), '', '' FROM oc3
UNION ALL
SELECT 'care_leavers_suitable', 2018, 'part elsewhere', sum(substr(ACCOM, 1, 1) IN ('G', 'H', 'R')),
       '', '' FROM oc3;
