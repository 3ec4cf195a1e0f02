/^indicator residential_placements /,/^$/s/where e.placement = "K1"/where exists cp_plan p held p.start to p.end/
