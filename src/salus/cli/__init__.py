"""The command line: reads arguments, calls the project, prints the result. Data goes to standard
output, messages to standard error."""
