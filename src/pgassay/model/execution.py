"""How test files are run: what each has to itself, who reads it, and how much it may do on production."""

from enum import StrEnum


class Isolation(StrEnum):
    """What a file has to itself."""

    SHARED = "shared"
    """The target database, as with pg_prove."""
    CLONE = "clone"
    """A copy of the target database for each worker, made anew after a file that committed."""


class Engine(StrEnum):
    """Who reads a file."""

    AUTO = "auto"
    NATIVE = "native"
    PSQL = "psql"


class SafetyTier(StrEnum):
    """How much a run that is safe on production lets its files do."""

    ROLLBACK = "rollback"
    """They may write; everything is rolled back."""
    READ_ONLY = "read-only"
    """Once the plan is made nothing but temporary objects can be written."""
