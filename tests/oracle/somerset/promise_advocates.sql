-- Young people whom an advocate supported in child protection in the month; and the initial conferences
-- among the occasions.
WITH a AS (
  SELECT s.id, s.last, p.* FROM spans AS s JOIN promise_support AS p
  ON p.support_date BETWEEN s.month AND s.last
  WHERE s.id = 'promise_advocates' AND p.setting = 'CP')
SELECT id, last, 'all', count(DISTINCT person_id), 1, 1, NULL, NULL FROM a GROUP BY last
UNION ALL
SELECT id, last, 'ICPCs', count(DISTINCT icpc_icpc_meeting_id), 1, 1, NULL, NULL
FROM a JOIN ssd_initial_cp_conference ON icpc_icpc_id = icpc_id GROUP BY last;
