/^indicator contacts_by_agency /,/^$/s/denominator contact t/denominator contct t/
