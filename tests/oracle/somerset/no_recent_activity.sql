-- Cases open on the day and opened six weeks ago or longer, in whose last 42 days nobody saw the child
-- (child in need, child protection or looked-after visit) and no assessment of the case was completed;
-- and those of them of children with a recorded disability.
WITH quiet AS (
  SELECT asked.id, last, child,
         EXISTS (SELECT 1 FROM ssd_disability
                 WHERE disa_person_id = child AND disa_disability_code <> 'NONE') AS disabled
  FROM asked JOIN cases AS c ON c.opened <= last AND (c.closed IS NULL OR c.closed > last)
  WHERE asked.id = 'no_recent_activity' AND date(c.opened, '+42 days') <= last
    AND NOT EXISTS (SELECT 1 FROM ssd_cin_visits
                    WHERE cinv_person_id = child
                      AND cinv_cin_visit_date BETWEEN date(last, '-41 days') AND last)
    AND NOT EXISTS (SELECT 1 FROM ssd_cp_visits
                    WHERE cppv_person_id = child
                      AND cppv_cp_visit_date BETWEEN date(last, '-41 days') AND last)
    AND NOT EXISTS (SELECT 1 FROM ssd_cla_visits
                    WHERE clav_person_id = child
                      AND clav_cla_visit_date BETWEEN date(last, '-41 days') AND last)
    AND NOT EXISTS (SELECT 1 FROM assessments AS a
                    WHERE a.referral = c.id AND a.completed BETWEEN date(last, '-41 days') AND last))
SELECT id, last, 'all', count(*), 1, 1, NULL, NULL FROM quiet GROUP BY last
UNION ALL
SELECT id, last, 'children with disabilities', sum(disabled), 1, 1, NULL, NULL FROM quiet GROUP BY last
UNION ALL
SELECT id, last, 'residual', sum(NOT disabled), 1, 1, NULL, NULL FROM quiet GROUP BY last;
