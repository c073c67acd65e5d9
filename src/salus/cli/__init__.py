"""The command line: it reads arguments, calls the project and prints the result.

Results go to standard output, messages to standard error.
"""
