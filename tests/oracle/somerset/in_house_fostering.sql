-- Of the children in foster care on the day the data was taken, those with the authority's own carers.
SELECT id, last, '', sum(provider = 'PR1'), count(*), 100, NULL, NULL
FROM in_care WHERE id = 'in_house_fostering' AND kind IN ('U1', 'U2', 'U3', 'U4', 'U5', 'U6')
GROUP BY last;
