"""The report: one page of HTML. `page.page` turns a `content.Report` and Words into it."""
