s/^indicator three_placements/indicatr three_placements/
