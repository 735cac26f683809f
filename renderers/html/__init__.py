"""HTML pages: `page` and its siblings say what is on a page, `templates` draws it."""
