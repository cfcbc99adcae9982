"""Row 5: one file a thing that a user does; introduces engines, judges and sinks to each other."""
