"""Facts become partials: grouped queries where the data lives, written for each engine from one
small tree.

``need`` says what each measure wants of its source, ``relation`` makes a source a relation of
facts, ``sql`` writes conditions, ``dialect`` holds what differs between engines, ``build`` runs the
queries and ``keep`` stores the results.
"""
