-- Of the plans begun in the twelve months, those whose child had another plan that ended on the day or at
-- most two years before.
SELECT s.id, s.last, '', sum(EXISTS (
         SELECT 1 FROM plans AS q
         WHERE q.child = p.child AND q.id <> p.id AND q.ended <= p.start
           AND date(q.ended, '+2 years') >= p.start)),
       count(*), 100, NULL, NULL
FROM spans AS s JOIN plans AS p ON p.start BETWEEN s.twelve_months AND s.last
WHERE s.id = 'second_cp_plan' GROUP BY s.last;
