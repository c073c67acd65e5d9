"""Scores as an XLSX workbook: what they are, and a template that recomputes them in the
spreadsheet.
"""
