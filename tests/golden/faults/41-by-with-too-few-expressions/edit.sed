/^indicator cp_plan_rate /,/^$/s/k.child.area, e.area/k.child.area/
