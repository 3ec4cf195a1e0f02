/^indicator re_referrals /,/^$/s/basis       percent/basis       percnt/
