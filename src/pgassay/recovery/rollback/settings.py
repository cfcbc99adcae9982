"""What ``[rollback]`` may say."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pgassay.model.setting import DURATION, PATH, PERCENT, choice, setting, whole


class RollbackChoice(StrEnum):
    """Which way a user wants."""

    AUTO = "auto"
    """By database where the role may, else by schemas."""
    DATABASE = "database"
    SCHEMAS = "schemas"


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackSettings:
    """Everything that ``[rollback]`` may say."""

    trigger_file: Path | None = setting(
        None,
        PATH,
        help="A file that asks for a rollback by being there; its text is the reason.",
        environment="ROLLBACK_TRIGGER_FILE",
    )
    failure_rate: float = setting(
        20.0, PERCENT, help="A rollback is asked for when more of the executions of tests failed than this."
    )
    window_s: float = setting(3_600.0, DURATION, help="Which executions count: those that ended so lately.")
    least_runs: int = setting(5, whole(least=1), help="Of fewer executions than this, nothing is said.")
    alert_window_s: float = setting(
        1_800.0, DURATION, help="Which unresolved CRITICAL alerts count: those that were met so lately."
    )
    way: RollbackChoice = setting(
        RollbackChoice.AUTO,
        choice(RollbackChoice),
        help="What is swapped: the names of two databases, or of schemas inside of the one in use; auto: the "
        "database where the role may rename it, else its schemas.",
    )
    lock_timeout_s: float = setting(
        0.2,
        DURATION,
        help="Of a swap of schemas: how long each try waits for a lock on a table outside that they need.",
    )
    lock_tries: int = setting(
        30, whole(least=1), help="Of a swap of schemas: how often such locks are tried to be had."
    )
    swap_tries: int = setting(
        3, whole(least=1), help="How often the names are tried to be swapped while sessions do not end."
    )
