"""Words and the page that people read."""
