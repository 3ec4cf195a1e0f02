/^indicator no_recent_visit /,/^$/s/weeks to period end/& and p.category = "NEG"/
