"""The scores of a date, as computed and as shown, and by which model."""
