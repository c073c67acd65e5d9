"""Words and delivery: what leaves Salus as a page, a workbook or a table."""
