"""What a run of test files is made of: the files, their outcome, and what was wrong with them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pgassay.model.assertion import Assertion
from pgassay.model.evidence import FileEvidence
from pgassay.model.execution import Engine, Isolation, SafetyTier
from pgassay.model.place import Place
from pgassay.model.touch import Touches
from pgassay.model.usage import NOT_MEASURED, Usage

CATEGORIES = ("unit", "security", "performance", "integration", "migration")
"""The known categories in the order of safety; any other name runs before ``migration``."""

UNCATEGORISED = "general"
"""The category of a file that neither its folder nor its head names one for."""


def safety_rank(category: str) -> int:
    """Give the place of a category in the order of safety; a lower one runs first."""
    if category in CATEGORIES[:-1]:
        return CATEGORIES.index(category)
    return len(CATEGORIES) if category == CATEGORIES[-1] else len(CATEGORIES) - 1


class Outcome(StrEnum):
    """How a file ended."""

    PASSED = "passed"
    SKIPPED = "skipped"
    """The whole file said that it does not apply here (``1..0``)."""
    FLAKY = "flaky"
    """Failed, then passed when it was tried again. Never silently green."""
    NEEDS_ROLLBACK = "needs rollback tier"
    """It writes, which the read-only tier of a safe run does not let it; nothing is said against it."""
    FAILED = "failed"
    TIMED_OUT = "timed out"
    NOT_RUN = "not run"
    """Chosen, but never started, or cut off: bail-out, fail-fast, interruption, no time left."""


class Trouble(StrEnum):
    """Why a file is red, or what about a green one deserves a second look."""

    FAILED_TESTS = "failed tests"
    BAD_PLAN = "bad plan"
    NOT_TAP = "no tests in the output"
    TAP_ERROR = "malformed TAP"
    DIED = "died"
    LOST_CONNECTION = "lost connection"
    TIMED_OUT = "timed out"
    BAILED_OUT = "bailed out"
    BAD_SCRIPT = "bad script"
    INTERNAL = "internal error"
    HIDDEN_TODO = "failure hidden by a # TODO in its description"
    QUIT_EARLY = "left by \\q before the end"
    COMMITTED = "committed"
    HIDDEN_ERROR = "error hidden by ON_ERROR_STOP being off"
    TODO_PASSED = "TODO passed"
    REFUSED = "refused on production"
    """A statement that a safe run does not send."""
    ROLLED_BACK = "COMMIT made a ROLLBACK"
    IN_THE_WAY = "in the way of others"
    """Cancelled, because an application waited behind it, or would have."""
    LEFT_TRACES = "left traces"
    NOT_VERIFIED = "not verified"
    """What it left behind could not be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a file.

    ``message`` is one sentence; ``detail`` has further lines (the server's DETAIL, HINT, CONTEXT, the
    statement with a caret under the position). ``sqlstate`` is the server's code, or empty.
    """

    trouble: Trouble
    message: str
    place: Place | None = None
    detail: tuple[str, ...] = ()
    sqlstate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestFile:
    """A file chosen to run, with what its place and its head comment say about it.

    ``path`` is spelled as the user would type it. ``timeout_s`` and ``isolation`` are ``None`` where
    the run's own setting holds. ``expected_s`` is the duration that the history expects.
    """

    __test__ = False

    path: str
    category: str = UNCATEGORISED
    critical: bool = False
    timeout_s: float | None = None
    isolation: Isolation | None = None
    tags: tuple[str, ...] = ()
    expected_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """All that is known of one file after it ran (or did not).

    ``planned`` is the number in the plan line, ``None`` where there was none. ``output`` is the TAP
    stream exactly as the file printed it, one element a line. ``notices`` are the server's messages
    and the script's ``\\warn`` lines. ``problems`` make the file red; ``warnings`` do not, unless the
    run is strict (they are problems then). ``evidence`` says what the file left behind; only runs that
    are safe on production have any. ``queries`` counts the statements that it sent, ``slow_queries`` those
    that took longer than the run calls slow; both are ``None`` where psql sent them. ``touches``
    says which objects it touched, where that was recorded. ``usage`` is what the server's process
    spent on it.
    """

    file: TestFile
    outcome: Outcome
    started_at: datetime
    elapsed_s: float
    worker: int = 0
    attempt: int = 1
    engine: Engine = Engine.NATIVE
    planned: int | None = None
    skip_reason: str = ""
    assertions: tuple[Assertion, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    output: tuple[str, ...] = field(default=(), repr=False)
    evidence: FileEvidence | None = None
    queries: int | None = None
    slow_queries: int | None = None
    touches: Touches | None = None
    usage: Usage = NOT_MEASURED

    @property
    def passed(self) -> int:
        """Tests that count as passed."""
        return sum(each.passed for each in self.assertions)

    @property
    def failed(self) -> int:
        """Tests that count as failed."""
        return len(self.assertions) - self.passed

    @property
    def red(self) -> bool:
        """Whether this file makes the run red."""
        return self.outcome in (Outcome.FAILED, Outcome.TIMED_OUT, Outcome.NOT_RUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where a run took place. ``target`` is the conninfo without its password."""

    target: str
    server_version: str = ""
    database: str = ""
    role: str = ""
    pgtap: str = ""
    client: str = ""
    host: str = ""
    commit: str = ""
    ci: str = ""
    production: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The settings that shape a run and that a reader of its result wants to know."""

    jobs: int = 1
    isolation: Isolation = Isolation.SHARED
    engine: Engine = Engine.AUTO
    strict: bool = False
    retries: int = 0
    fail_fast: bool = False
    timeout_s: float | None = None
    shard: str = ""
    safety: SafetyTier | None = None
    slow_s: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The identity of a run."""

    id: UUID
    started_at: datetime
    name: str
    environment: Environment
    options: RunOptions
    files: tuple[TestFile, ...]
