"""What people and programs read of rollbacks."""
