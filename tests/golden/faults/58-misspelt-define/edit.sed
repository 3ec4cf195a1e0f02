/^indicator cp_two_years_plus /,/^$/s/held_two_years(/held_two_yars(/
