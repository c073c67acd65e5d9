"""Whether a score deserves trust and what would improve it: validation, learning, forecasts, metrics."""
