"""Measures at dates: aggregates of the facts alive, for any number of dates in one pass.

A fact is alive on grid indexes [s, t) (``alive``). What is asked of the alive facts decides the
formula: a ``total`` is a difference array, a distinct count a ``union`` of intervals, ``newest`` a
running maximum, an extreme is ``paint``ed, a middle value is ``pick``ed. Totals are integers,
divided once at the end, so no result depends on chunks, threads, engines or the other dates of the
grid. The formulas' origin and their measured cost: docs, kernel.
"""
