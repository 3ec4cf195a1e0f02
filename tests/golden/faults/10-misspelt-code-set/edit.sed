/^indicator residential_placements /,/^$/s/in residential$/in residentail/
