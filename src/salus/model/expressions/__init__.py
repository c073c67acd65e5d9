"""The language of conditions and formulas."""
