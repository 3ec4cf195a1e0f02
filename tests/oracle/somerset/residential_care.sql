-- Of the children in care on the day the data was taken, those in secure units, children's homes, care
-- homes, hospitals, and family or mother and baby units.
SELECT id, last, '', sum(kind IN ('K1', 'K2', 'R1', 'R2', 'R3')), count(*), 100, NULL, NULL
FROM in_care WHERE id = 'residential_care' GROUP BY last;
