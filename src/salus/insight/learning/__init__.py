"""Weights, curves and limits learned from what happened, and whether they may be adopted."""
