"""Row 6: the command line. A command parses, calls one flow, returns its exit code."""
