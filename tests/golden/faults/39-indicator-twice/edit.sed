s/^indicator re_referrals/indicator referrals/
