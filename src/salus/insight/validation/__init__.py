"""The score of past dates against what happened after them."""
