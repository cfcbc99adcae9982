"""Row 3, pure: facts and a moment in, a verdict out. No connection, no clock, no logging."""
