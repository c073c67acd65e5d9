"""The command line: a thin face. Data goes to standard output, talk to standard error."""
