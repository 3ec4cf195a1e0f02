/^indicator care_leavers_neet /,/^$/s/"ill or disabled" where /"ill or disabled" /
