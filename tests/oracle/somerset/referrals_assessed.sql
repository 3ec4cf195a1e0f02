-- Of the referrals received in the twelve months, those that an assessment answers.
SELECT s.id, s.last, '',
       sum(EXISTS (SELECT 1 FROM assessments AS a WHERE a.referral = cases.id)), count(*), 100, NULL, NULL
FROM spans AS s JOIN cases ON opened BETWEEN s.twelve_months AND s.last
WHERE s.id = 'referrals_assessed' GROUP BY s.last;
