"""How results are shown: words of a language, terminal text, report, pictures, workbook."""
