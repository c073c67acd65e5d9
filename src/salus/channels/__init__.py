"""What people read who were not there: the words of a language, a page, a workbook."""
