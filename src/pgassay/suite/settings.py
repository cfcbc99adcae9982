"""The settings of the suite engine: their types, defaults and checks.

Where their values come from is for ``config`` to say.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pgassay.model.execution import Engine, Isolation
from pgassay.model.setting import (
    DURATION,
    PATH,
    PATHS,
    PATTERNS,
    SWITCH,
    TEXT,
    VARIABLES,
    choice,
    setting,
    whole,
)

_JOBS_WITH_CLONES = 3


class PgtapUse(StrEnum):
    """How pgTAP gets into the database where it is missing."""

    AUTO = "auto"
    """As an extension where the server offers it, else as plain objects."""
    EXTENSION = "extension"
    PLAIN = "plain"
    """Plain objects in a schema of their own: no superuser, no server files."""
    EPHEMERAL = "ephemeral"
    """Inside a transaction that is rolled back: nothing is installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PgtapChoice:
    """How pgTAP gets into a given target."""

    use: PgtapUse
    schema: str
    source: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteSettings:
    """Everything that ``[suite]`` may say. Attributes ending in ``_s`` are in seconds."""

    paths: tuple[str, ...] = setting(
        (), PATHS, help="Files, directories and globs to run where the command names none."
    )
    exclude: tuple[str, ...] = setting(
        (), PATTERNS, help="Patterns of files that are no tests, such as included ones."
    )
    critical: tuple[str, ...] = setting(
        (),
        PATTERNS,
        help="Patterns of files that --critical-only keeps, beside those that say so in their head.",
    )
    jobs: int | None = setting(
        None,
        whole(least=1),
        help="Parallel workers. Not set: 1 on a shared database, 3 where each has its clone.",
        environment="PARALLEL_JOBS",
        flag="--jobs",
    )
    timeout_s: float = setting(
        600.0,
        DURATION,
        help="Time that one file may take, unless its head says otherwise.",
        environment="TEST_TIMEOUT",
        flag="--timeout",
    )
    run_timeout_s: float | None = setting(
        None, DURATION, help="Time that the whole run may take.", flag="--run-timeout"
    )
    isolation: Isolation = setting(
        Isolation.SHARED,
        choice(Isolation),
        help="Whether workers share the target database or each have a clone of it.",
        flag="--isolation",
    )
    engine: Engine = setting(
        Engine.AUTO,
        choice(Engine),
        help="Who reads a file: pgassay, the real psql, or psql only where a file needs it.",
        flag="--engine",
    )
    strict: bool = setting(
        False, SWITCH, help="Makes failures of what is otherwise a warning.", flag="--strict"
    )
    slow_s: float = setting(0.1, DURATION, help="A statement or an assertion that takes longer is slow.")
    retries: int = setting(
        0, whole(least=0), help="How often a failed file is tried again.", flag="--retries"
    )
    pgtap: PgtapUse = setting(
        PgtapUse.AUTO, choice(PgtapUse), help="How pgTAP gets into a database that lacks it.", flag="--pgtap"
    )
    pgtap_schema: str = setting("pgtap", TEXT, help="The schema that pgTAP is put into.")
    pgtap_source: Path | None = setting(None, PATH, help="A file or directory with pgTAP's SQL.")
    variables: tuple[tuple[str, str], ...] = setting(
        (), VARIABLES, help="psql variables that every file starts with.", flag="--set"
    )

    @property
    def workers(self) -> int:
        """The number of workers: several on one shared database is a choice, never a default."""
        if self.jobs is not None:
            return self.jobs
        return _JOBS_WITH_CLONES if self.isolation is Isolation.CLONE else 1
