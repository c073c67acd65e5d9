"""Partials: grouped queries that run where the data are, and the files that keep their results.

``partials`` says what each measure needs of its source and holds the results in memory. ``sql``
writes the queries, with the rules of each engine. ``cache`` keeps the results as files. ``build``
joins them: the facts that a model needs for a grid of dates.
"""
