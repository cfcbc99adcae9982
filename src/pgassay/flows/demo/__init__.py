"""What a user does with the example, on an embedded server that comes and goes with it."""
