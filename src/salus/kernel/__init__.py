"""Measures at dates: aggregates of the facts alive, for any number of dates in one pass.

A fact is alive on the grid indexes [start, stop) (``alive``). Each aggregate has its own formula:
``sums`` use difference arrays, ``distinct`` counts the union of a key's intervals, ``newest`` is a
running maximum, ``interval_extremes`` finds minima and maxima, and ``order_stats`` finds medians.
Sums are integers and are divided once at the end. So no result depends on chunks, threads, engines
or the other dates of the grid. Where the formulas come from and what they cost: docs, kernel.
"""
