-- Placements begun in the month that are of a parent and child together.
SELECT s.id, s.last, '', count(*), 1, 1, NULL, NULL
FROM spans AS s JOIN ssd_cla_placement ON clap_cla_placement_start_date BETWEEN s.month AND s.last
WHERE s.id = 'parent_child_placements' AND clap_parent_and_child = 'Y' GROUP BY s.last;
