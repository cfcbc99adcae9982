"""The formats of a report, one file each, found by looking: the name of the file is the name in --format."""
