"""What a user does with migrations."""
