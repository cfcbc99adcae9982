"""The policy of runs that are safe on production: the settings of ``[safety]``, and the tier of a run."""

from dataclasses import dataclass

from pgassay.model.execution import SafetyTier
from pgassay.model.setting import DURATION, PAUSE, REASONS, TEXT, setting, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetySettings:
    """Everything that ``[safety]`` may say. Attributes ending in ``_ms`` are in milliseconds."""

    patience_ms: int = setting(
        200, whole(least=1), help="How long an application may wait behind a test before that is cancelled."
    )
    lock_timeout_ms: int = setting(
        100, whole(least=1), help="How long a test may wait for a lock before it fails."
    )
    role: str | None = setting(None, TEXT, help="The role that test files run as.")
    pause_s: float = setting(
        5.0, PAUSE, help="The pause between two categories of a safe run.", flag="--pause"
    )
    max_replication_lag_s: float | None = setting(
        None, DURATION, help="The run stops when a standby is further behind than this."
    )
    min_free_connections: int = setting(
        3, whole(least=0), help="The run stops when fewer connections than this are left to others."
    )
    max_transaction_age: int = setting(
        100_000,
        whole(least=1),
        help="A test is stopped when it has kept the server from vacuuming for so many transactions.",
    )
    max_database_age: int = setting(
        1_600_000_000,
        whole(least=1),
        help="The run stops when the database was not frozen for so many transactions.",
    )
    max_dead_rows: int = setting(
        1_000_000,
        whole(least=0),
        help="A test is stopped when it has written so many rows: its rollback leaves them for vacuum.",
    )
    max_temporary_mb: int = setting(
        1024,
        whole(least=1),
        help="A test is stopped when its temporary files take more, where the role may see them.",
    )
    allow: tuple[tuple[str, str], ...] = setting(
        (), REASONS, help="Rules that do not hold here, each with the reason why that is safe."
    )

    def allows(self, rule: str) -> bool:
        """Whether a rule was relaxed."""
        return any(name == rule for name, _ in self.allow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What holds for one run: the tier that was asked for, and the settings."""

    tier: SafetyTier
    settings: SafetySettings

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self.tier is SafetyTier.READ_ONLY
