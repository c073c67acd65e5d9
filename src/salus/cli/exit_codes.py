"""The exit codes of the commands."""

FAILED = 1
WRONG_USAGE = 2
HAS_FINDINGS = 3
