-- Of the children who had an initial or a review conference in the three months, those who were there in
-- person at one of them.
WITH c AS (
  SELECT s.id, s.last, icpc_person_id AS child, icpc_icpc_participation AS part
  FROM spans AS s JOIN ssd_initial_cp_conference ON icpc_icpc_date BETWEEN s.three_months AND s.last
  UNION ALL
  SELECT s.id, s.last, cppr_person_id, cppr_cp_review_participation
  FROM spans AS s JOIN ssd_cp_reviews ON cppr_cp_review_date BETWEEN s.three_months AND s.last)
SELECT id, last, '', count(DISTINCT CASE WHEN part IN ('PN1', 'PN2', 'PN3', 'PN4') THEN child END),
       count(DISTINCT child), 100, NULL, NULL
FROM c WHERE id = 'conference_attendance' GROUP BY last;
