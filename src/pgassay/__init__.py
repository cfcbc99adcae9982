"""pgassay: tests PostgreSQL databases before, during and after a deployment."""

__version__ = "0.1.0"
