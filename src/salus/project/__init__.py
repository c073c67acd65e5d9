"""Every verb of the product, a few lines each, over one folder."""
