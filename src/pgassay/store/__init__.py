"""Row 3, sink: the program's memory, in PostgreSQL tables that its users query directly."""
