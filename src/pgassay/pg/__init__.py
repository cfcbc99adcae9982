"""Row 2: the only door to PostgreSQL and its programs."""
