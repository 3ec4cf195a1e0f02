SELECT 'youngest_looked_after', year, '', '', '',
       min(substr(last, 1, 4) - substr(born, 1, 4) - (substr(last, 6) < substr(born, 6)))
FROM in_care JOIN kids USING (child) GROUP BY year;
