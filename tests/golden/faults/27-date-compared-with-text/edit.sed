/^indicator cp_visits_on_time /,/^$/s/v.seen <= v.due/v.seen <= "2017-01-31"/
