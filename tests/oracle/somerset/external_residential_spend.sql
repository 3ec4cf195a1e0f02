-- Pounds paid since 1 April from the budget for external residential placements.
SELECT s.id, s.last, '', sum(CAST(replace(amount, '.', '') AS INTEGER)), 100, 1, NULL, NULL
FROM spans AS s JOIN placement_payment ON paid BETWEEN s.april AND s.last
WHERE s.id = 'external_residential_spend' AND budget = 'external residential' GROUP BY s.last;
