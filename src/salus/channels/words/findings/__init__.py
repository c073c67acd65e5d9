"""Sentences for findings, by code; how a place is written follows its colon (see `writer`)."""
