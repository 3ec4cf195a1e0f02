/^indicator cp_visits_on_time /,/^$/s/denominator cp_visit/denominatr  cp_visit/
