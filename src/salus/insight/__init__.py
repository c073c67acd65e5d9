"""Does a score deserve trust, and what would make it better: validation, learning, forecasts."""
