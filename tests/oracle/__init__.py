"""An independent oracle: the scores of small worlds by plain loops, from the specification alone.

It imports only the standard library. Where it and the product differ, one of the two is wrong.
"""
