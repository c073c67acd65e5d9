"""Reads the blocks of the file into the parts of a model, one module per noun.

Each reader also checks that the names it uses are declared.
"""
