"""What ``[migrate]`` may say."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pgassay.model.setting import DURATION, PATHS, PAUSE, TEXTS, choice, setting, whole

if TYPE_CHECKING:
    from pgassay.pg.patience import Patience


class FormatChoice(StrEnum):
    """How migrations are written down, and where the target remembers them."""

    AUTO = "auto"
    SUPABASE = "supabase"
    PLAIN = "plain"


class RestorePoint(StrEnum):
    """Whether a restore point is named before a migration."""

    ON = "on"
    AUTO = "auto"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateSettings:
    """Everything that ``[migrate]`` may say."""

    paths: tuple[str, ...] = setting(
        ("supabase/migrations", "migrations", "db/migrations"),
        PATHS,
        help="Where migrations are; the first of these directories that is there counts.",
    )
    format: FormatChoice = setting(
        FormatChoice.AUTO,
        choice(FormatChoice),
        help="supabase: DIGITS_name.sql and Supabase's history; plain: pairs of files; auto: by the path.",
    )
    lock_timeout_s: float = setting(
        0.1, DURATION, help="How long one try waits for a lock, and so keeps an application waiting at most."
    )
    lock_retries: int = setting(30, whole(least=0), help="How often a transaction is tried again for a lock.")
    statement_timeout_s: float = setting(
        300.0, PAUSE, help="How long a statement in a transaction may take; 0: without limit."
    )
    concurrently_timeout_s: float = setting(
        3600.0,
        PAUSE,
        help="How long a statement that runs by itself, such as CREATE INDEX CONCURRENTLY, may take.",
    )
    verify_within_s: float = setting(
        1.0,
        PAUSE,
        help="The catalogs are read again before COMMIT, while locks are held, if that takes no longer than "
        "this; else after it.",
    )
    restore_point: RestorePoint = setting(
        RestorePoint.AUTO,
        choice(RestorePoint),
        help="Whether a restore point is named before a migration: on (or it is not applied), auto (where "
        "the role may), off.",
    )
    validate_before: tuple[str, ...] = setting(
        ("pre-migration",), TEXTS, help="The areas of checks that must hold before a migration."
    )
    validate_after: tuple[str, ...] = setting(
        ("post-migration",), TEXTS, help="The areas of checks that must hold after a migration."
    )
    tests: tuple[str, ...] = setting(
        ("migration", "integration"), TEXTS, help="The categories of tests that are run after a migration."
    )

    @property
    def patience(self) -> "Patience":
        """The limits of a transaction."""
        from pgassay.pg.patience import Patience  # with it comes psycopg, which loads slowly

        return Patience(
            lock_timeout_s=self.lock_timeout_s,
            statement_timeout_s=self.statement_timeout_s,
            tries=self.lock_retries + 1,
        )

    @property
    def patience_alone(self) -> "Patience":
        """The limits of a statement that runs by itself and keeps nobody waiting: it waits for others."""
        from pgassay.pg.patience import Patience  # as above

        return Patience(lock_timeout_s=0.0, statement_timeout_s=self.concurrently_timeout_s, tries=1)
