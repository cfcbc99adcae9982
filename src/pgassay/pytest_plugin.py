"""Placeholder until the suite engine stands: registers nothing."""
