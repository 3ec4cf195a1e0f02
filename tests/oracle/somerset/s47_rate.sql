-- Section 47 enquiries completed in the twelve months, for 10,000 children.
SELECT s.id, s.last, '', count(*), persons, 10000, NULL, NULL
FROM spans AS s JOIN ssd_s47_enquiry ON s47e_s47_end_date BETWEEN s.twelve_months AND s.last
JOIN children ON children.last = s.last
WHERE s.id = 's47_rate' GROUP BY s.last;
