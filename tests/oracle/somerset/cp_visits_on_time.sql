-- Of the visits made in the twelve months, those at most ten working days after the visit before them to
-- the same child on the same plan, or after the plan's first day if there was none.
SELECT s.id, s.last, '', sum(b.worked - a.worked <= 10), count(*), 100, NULL, NULL
FROM spans AS s
JOIN (SELECT cppv_cp_visit_date AS day,
             coalesce((SELECT max(w.cppv_cp_visit_date) FROM ssd_cp_visits AS w
                       WHERE w.cppv_cp_plan_id = v.cppv_cp_plan_id
                         AND w.cppv_cp_visit_date < v.cppv_cp_visit_date),
                      p.start) AS since
      FROM ssd_cp_visits AS v JOIN plans AS p ON p.id = v.cppv_cp_plan_id
      WHERE v.cppv_cp_visit_date >= '2016-01-01') AS v
  ON v.day BETWEEN s.twelve_months AND s.last
JOIN days AS a ON a.day = v.since JOIN days AS b ON b.day = v.day
WHERE s.id = 'cp_visits_on_time' GROUP BY s.last;
