/^indicator cp_visits_on_time /,/^$/s/95%/95/
