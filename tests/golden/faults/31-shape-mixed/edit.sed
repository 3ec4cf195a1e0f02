/^indicator cp_two_years_plus /,/^$/s/those where held_two_years(p.start)/count of cp_plan k held k.start to k.end/
