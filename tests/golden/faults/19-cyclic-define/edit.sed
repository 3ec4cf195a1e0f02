s/^define held_two_years(start) = .*/define held_two_years(start) = not held_two_years(start)/
