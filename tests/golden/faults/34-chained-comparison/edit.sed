/^indicator care_leavers_neet /,/^$/s/age(l.child.born) between 17 and 21/17 <= age(l.child.born) <= 21/
