WITH l AS (SELECT oc3.CHILD, IN_TOUCH, sex FROM oc3 JOIN kids ON kids.child = oc3.CHILD
           WHERE IN_TOUCH NOT IN ('DIED', 'RHOM'))
SELECT 'care_leavers_in_touch', 2018, '', sum(IN_TOUCH = 'YES'), count(*),
       100.0 * sum(IN_TOUCH = 'YES') / count(*) FROM l
UNION ALL
SELECT 'care_leavers_in_touch', 2018, 'Sex=' || sex, sum(IN_TOUCH = 'YES'), count(*),
       100.0 * sum(IN_TOUCH = 'YES') / count(*) FROM l GROUP BY sex
UNION ALL SELECT 'care_leavers_in_touch', 2016, '', '', '', ''
UNION ALL SELECT 'care_leavers_in_touch', 2017, '', '', '', '';
