-- Of the contacts of the three months, those that became a referral; by agency, with the agency's share
-- of all contacts.
WITH agency(source, name) AS (VALUES
  ('1A', 'Friends'), ('1B', 'Friends'), ('1C', 'Self'), ('1D', 'Other'), ('2A', 'Education'),
  ('2B', 'Education'), ('3A', 'Health'), ('3B', 'Health'), ('3C', 'Health'), ('3D', 'Health'),
  ('3E', 'Health'), ('3F', 'Health'), ('4', 'LA'), ('5A', 'LA'), ('5B', 'LA'), ('5C', 'LA'),
  ('6', 'Police'), ('7', 'Other'), ('8', 'Other'), ('9', 'Other'), ('10', 'Other')),
c AS (
  SELECT s.id, s.last, name,
         EXISTS (SELECT 1 FROM ssd_cin_episodes WHERE cine_contact_id = cont_contact_id) AS referred
  FROM spans AS s JOIN ssd_contacts ON cont_contact_date BETWEEN s.three_months AND s.last
  JOIN agency ON agency.source = cont_contact_source_code
  WHERE s.id = 'contacts_by_agency')
SELECT id, last, 'all', sum(referred), count(*), 100, NULL, NULL FROM c GROUP BY last
UNION ALL
SELECT id, last, name, sum(referred), count(*), 100, count(*),
       (SELECT count(*) FROM c AS w WHERE w.last = c.last)
FROM c GROUP BY last, name;
