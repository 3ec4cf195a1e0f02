SELECT 'longest_episode', year, '', '', '', max(julianday(last) - julianday(began))
FROM in_care GROUP BY year;
