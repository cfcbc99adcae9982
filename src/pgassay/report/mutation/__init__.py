"""Reports of a mutation check: on the terminal, as JSON, as a page."""
