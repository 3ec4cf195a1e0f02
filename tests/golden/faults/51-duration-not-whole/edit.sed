/^indicator re_referrals /,/^$/s/12 months before/1.5 months before/
