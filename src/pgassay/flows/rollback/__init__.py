"""What a user does in an emergency."""
