"""What a user does with the catalogue."""
