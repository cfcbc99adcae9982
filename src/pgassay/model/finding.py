"""What a step of an operation found: of a migration, a backup, a drill, a rollback."""

from enum import StrEnum


class Finding(StrEnum):
    """What a step found."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_VERIFIED = "not verified"
