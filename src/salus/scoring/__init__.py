"""Values become points, dimensions, a score and a band, with the contributions that sum to it."""
