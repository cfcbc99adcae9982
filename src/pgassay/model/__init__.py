"""Row 1: the frozen values that every row speaks in. Standard library only."""
