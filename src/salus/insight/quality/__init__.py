"""Warnings about the data, independent of the score."""
