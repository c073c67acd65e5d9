"""Speed as ratios: contestants over the same generated events, side by side in one run (`make
bench`).
"""
