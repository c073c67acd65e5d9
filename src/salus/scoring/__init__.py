"""Turns values into points, dimensions, a score and a band, and explains what each measure adds."""
