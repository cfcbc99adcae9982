"""The hostile files are data: nothing here may run them but a test that watches what they do."""

collect_ignore = ["files", "production.sql"]
