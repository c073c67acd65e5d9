"""Values become points, dimensions, a score, a band; and the reasons that add up to it."""
