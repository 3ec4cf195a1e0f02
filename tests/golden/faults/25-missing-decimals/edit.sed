/^indicator care_leavers_neet /,/^$/{
    /^    decimals /d
}
