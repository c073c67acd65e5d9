"""The report, one HTML page. `page.render_page` renders a `content.Report` with Words."""
