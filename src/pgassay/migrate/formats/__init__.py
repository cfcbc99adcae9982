"""The formats in which migrations are written down, one module each."""
