"""What people and programs read of an access matrix."""
