"""A project folder: its settings, its model, the connection to its facts, and where its scores are
kept.
"""
