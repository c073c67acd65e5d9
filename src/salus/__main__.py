"""Lets `python -m salus` run the command line."""

from salus.cli.main import run

run()
