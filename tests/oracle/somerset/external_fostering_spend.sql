-- Pounds paid since 1 April from the budget for external fostering placements.
SELECT s.id, s.last, '', sum(CAST(replace(amount, '.', '') AS INTEGER)), 100, 1, NULL, NULL
FROM spans AS s JOIN placement_payment ON paid BETWEEN s.april AND s.last
WHERE s.id = 'external_fostering_spend' AND budget = 'external fostering' GROUP BY s.last;
