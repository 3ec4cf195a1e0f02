/^indicator care_leavers_neet /,/^$/s/= "ILL"/= "ILLL"/
