"""Row 3: what a project needs to be tested, fitted to its layout, and written whole or not at all."""
