"""Runs the command line for `python -m salus`."""

from salus.cli.main import run

run()
