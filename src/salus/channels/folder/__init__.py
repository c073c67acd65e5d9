"""What Salus understood of a folder of exports: a page of HTML and the lines of a terminal."""
