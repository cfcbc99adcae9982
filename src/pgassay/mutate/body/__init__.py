"""The text of a function's body, cut into tokens, and the few structures of it that mutants are about."""
