"""An independent oracle: the scores of small worlds by plain loops, from the specification alone.

It imports nothing but the standard library. Where it and the product differ, one of the two is
wrong.
"""
