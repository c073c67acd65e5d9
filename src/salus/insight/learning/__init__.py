"""Weights, curves and band limits learned from outcomes, and whether they may be adopted."""
