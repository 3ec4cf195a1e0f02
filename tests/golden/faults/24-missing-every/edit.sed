/^indicator three_placements /,/^$/s/ every month//
