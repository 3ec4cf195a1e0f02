-- Of the assessments completed in the twelve months, those completed within the working days that their
-- priority allows.
SELECT s.id, s.last, '', sum(b.worked - a.worked <= deadline_working_days + 0), count(*), 100, NULL, NULL
FROM spans AS s JOIN assessments AS x ON x.completed BETWEEN s.twelve_months AND s.last
JOIN cases ON cases.id = x.referral
JOIN assessment_priority AS p ON p.priority = x.priority
JOIN days AS a ON a.day = cases.opened JOIN days AS b ON b.day = x.completed
WHERE s.id = 'assessments_on_time' GROUP BY s.last;
