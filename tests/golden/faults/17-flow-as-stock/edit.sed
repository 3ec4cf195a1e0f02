/^indicator cp_plans_open /,/^$/s/held p.start to p.end/dated p.start/
