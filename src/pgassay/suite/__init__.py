"""Row 3, engine: finds, plans and runs pgTAP test files, and yields what happens as events."""
