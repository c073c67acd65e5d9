"""The blocks of a file → the parts of a model, one module a noun; each checks what it names where
it is named.
"""
