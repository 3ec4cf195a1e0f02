-- Initial conferences held in the twelve months, each child counting, for 10,000 children.
SELECT s.id, s.last, '', count(*), persons, 10000, NULL, NULL
FROM spans AS s JOIN ssd_initial_cp_conference ON icpc_icpc_date BETWEEN s.twelve_months AND s.last
JOIN children ON children.last = s.last
WHERE s.id = 'icpc_rate' GROUP BY s.last;
