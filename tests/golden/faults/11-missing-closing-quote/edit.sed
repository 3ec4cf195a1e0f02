/^indicator re_referrals /,/^$/s/"National average"/"National average/
