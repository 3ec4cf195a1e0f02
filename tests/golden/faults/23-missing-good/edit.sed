/^indicator re_referrals /,/^$/{
    /^    good /d
}
