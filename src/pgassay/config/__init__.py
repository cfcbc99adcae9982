"""Row 4: one value for all settings, and where each part of it came from."""
