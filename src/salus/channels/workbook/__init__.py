"""Scores as an XLSX workbook, with a template that recomputes them in the spreadsheet."""
