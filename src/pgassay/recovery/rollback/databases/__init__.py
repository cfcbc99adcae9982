"""The first way: the backup restored into a database of its own, and the names of both databases swapped."""
