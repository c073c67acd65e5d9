"""What is wrong with the data, whatever the score makes of them."""
