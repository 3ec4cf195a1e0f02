SELECT 'placements_at_31_march', year, '', count(*), '', count(*) FROM in_care GROUP BY year;
