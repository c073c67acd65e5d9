"""The blocks of a file → the parts of a model, one module a noun. Each checks what it names while its place is at hand."""
