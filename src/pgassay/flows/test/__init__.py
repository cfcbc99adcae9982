"""What a user does with test files."""
