-- Of the children in care on the day who entered care four months before or earlier, those with a care
-- plan in force that names a plan for permanence.
SELECT id, last, '', sum(EXISTS (
         SELECT 1 FROM ssd_cla_care_plan
         WHERE lacp_person_id = child AND lacp_cla_care_plan_start_date <= last
           AND (lacp_cla_care_plan_end_date = '' OR lacp_cla_care_plan_end_date > last)
           AND lacp_permanence_plan IN ('P1', 'P2', 'P3', 'P4', 'P5'))),
       count(*), 100, NULL, NULL
FROM in_care
WHERE id = 'permanence_plan'
  AND min(date(entered, '+4 months'), date(entered, 'start of month', '+5 months', '-1 day')) <= last
GROUP BY last;
