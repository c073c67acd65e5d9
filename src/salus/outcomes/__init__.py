"""What truly happened, and when."""
