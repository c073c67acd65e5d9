"""Predictions: renewals, scores, lifetimes, purchases."""
