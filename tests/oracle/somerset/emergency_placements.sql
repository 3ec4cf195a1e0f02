-- Placements begun in the month that are marked as emergencies.
SELECT s.id, s.last, '', count(*), 1, 1, NULL, NULL
FROM spans AS s JOIN ssd_cla_placement ON clap_cla_placement_start_date BETWEEN s.month AND s.last
WHERE s.id = 'emergency_placements' AND clap_emergency = 'Y' GROUP BY s.last;
