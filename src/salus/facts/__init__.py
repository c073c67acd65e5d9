"""Partials: grouped queries that run where the data lives, and the files that keep their results.

``need`` says what each measure wants of its source, ``relation`` makes a source a relation of
facts, ``sql`` writes conditions, ``dialect`` holds what differs between engines, ``build`` runs the
queries and ``keep`` stores the results.
"""
