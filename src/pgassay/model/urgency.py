"""How soon somebody should read what people outside are told."""

from enum import StrEnum


class Urgency(StrEnum):
    """How soon somebody should read a notice, from the least to the most."""

    INFO = "INFO"
    WARNING = "WARNING"
    CRITICAL = "CRITICAL"

    @property
    def rank(self) -> int:
        """A higher one is more urgent."""
        return list(Urgency).index(self)
