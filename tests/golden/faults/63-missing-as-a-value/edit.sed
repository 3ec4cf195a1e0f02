/^indicator cp_visits_on_time /,/^$/s/where v.plan.end < v.due/where v.seen = missing/
