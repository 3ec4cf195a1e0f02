/^indicator first_residential /,/^$/s/>= 5$/>= 5 and e.placement = "R1" or e.placement = "K1"/
