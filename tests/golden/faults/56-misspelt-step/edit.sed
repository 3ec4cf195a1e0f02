/^indicator days_missing /,/^$/s/quarter every quarter/quarter every quater/
