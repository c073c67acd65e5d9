"""Speed as ratios: contestants over the same generated events, one after another in one run (`make
bench`).
"""
