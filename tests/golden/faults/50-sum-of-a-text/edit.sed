/^indicator weekly_cost /,/^$/s/sum known e.weekly_cost/sum known e.placement/
