"""The hazards of migrations, one module each."""
