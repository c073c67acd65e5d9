"""Every key of `salus.yaml`, once, by noun.

The reader, the schema for editors and the reference page are all made from these tables.
"""
