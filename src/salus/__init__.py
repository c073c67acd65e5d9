"""Salus: from a company's own tables to an explained, kept health score."""

__version__ = "0.1.0"
