-- Of the children placed for adoption since 1 April, the mean of the days since they entered care.
SELECT s.id, s.last, '',
       sum(CAST(julianday(perm_placed_for_adoption_date) - julianday(perm_entered_care_date) AS INTEGER)),
       count(*), 1, NULL, NULL
FROM spans AS s JOIN ssd_permanence ON perm_placed_for_adoption_date BETWEEN s.april AND s.last
WHERE s.id = 'days_to_adoption' GROUP BY s.last;
