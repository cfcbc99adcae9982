"""One thin file a command, found by looking."""
