"""`salus report`: one page of HTML about a date."""
