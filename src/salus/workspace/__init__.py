"""A project folder: its settings, its model, the connection to its facts, and the places where its
scores are kept.
"""
