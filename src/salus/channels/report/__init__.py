"""The report: one page of HTML. `page.render_page` turns a `content.Report` and Words into it."""
