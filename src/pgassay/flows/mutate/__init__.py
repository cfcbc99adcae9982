"""What a user does with mutants."""
