/^indicator no_recent_visit /,/^$/s/v.plan = p and/v.plan = p or/
