"""A check as the engine holds it: what is known of it, how it asks, and the examples that prove it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pgassay.checks.rows import filled
from pgassay.checks.surroundings import Surroundings
from pgassay.model.check import CheckInfo, Finding, Level, Scalar
from pgassay.model.growth import Growth, GrowthLimits
from pgassay.model.sizes import Sizes
from pgassay.parse.check_file import CheckExample
from pgassay.pg.clock import monotonic
from pgassay.pg.query import Query
from pgassay.pg.reply import Reply
from pgassay.pg.target import Target
from pgassay.pg.wire import Wire

PATIENCE_S = 20.0
"""How long at most a probe waits for the server."""
_LATEST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlCheck:
    """A check that asks by one query. ``text`` is its whole file.

    ``query.text`` has the parameters as ``$1`` …; ``query_line`` is the line of the file where it starts.
    """

    info: CheckInfo
    query: Query
    query_line: int
    examples: tuple[CheckExample, ...]
    without_examples: str
    text: str


@dataclass(slots=True, kw_only=True)
class Opening:
    """How it went to reach a target.

    ``wire`` is ``None`` where it cannot be reached, and ``message`` says why. ``sent`` and ``received`` are
    this machine's time before and after the question that ``around`` answers. ``round_trips`` counts how
    often the server was waited for.
    """

    target: Target
    wire: Wire | None = None
    message: str = ""
    elapsed_ms: float = 0.0
    around: Surroundings | None = None
    sent: datetime | None = None
    received: datetime | None = None
    round_trips: int = 0

    @property
    def major(self) -> int:
        """The server's major version; a later one than all, where it is not known."""
        return self.wire.version // 10_000 if self.wire is not None else _LATEST

    def close(self) -> None:
        """End the connection, if there is one."""
        if self.wire is not None:
            self.wire.close()
            self.wire = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreStanding:
    """How the store stands that goes with a target: ``place`` is where it is, without secrets.

    ``installed`` is the version of its schema, ``None`` for no store; ``known`` the one that this program
    knows. ``trouble`` says why it could not be asked, with ``remedy``. A store that is switched off has no
    place.
    """

    place: str = ""
    installed: int | None = None
    known: int = 0
    trouble: str = ""
    remedy: str = ""


Growing = Callable[[str, Sizes, GrowthLimits], Growth]
"""Says how fast a database grows: given its server and name, how large it is now, and the limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a probe may use: its own description and parameters, the connection, the moment of the run.

    ``store`` asks how the store stands, ``growing`` how fast the database grows; ``None`` where nobody said
    how.
    """

    info: CheckInfo
    opening: Opening
    moment: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    store: Callable[[], StoreStanding] | None = None
    growing: Growing | None = None

    @property
    def around(self) -> Surroundings:
        """What was seen of the server."""
        assert self.opening.around is not None, "only a probe that is WITHOUT_SERVER has none"
        return self.opening.around

    def ask(self, *statements: str | tuple[str, ...]) -> tuple[Reply, ...]:
        """Send statements, each for itself, in one round trip; give a reply for each."""
        wire = self.opening.wire
        assert wire is not None, "only a probe that is WITHOUT_SERVER has none"
        self.opening.round_trips += 1
        wire.deadline = monotonic() + PATIENCE_S
        wire.post(statements)
        return wire.collect()

    def finding(
        self, object_: str, level: Level, detail: str, remediation: str = "", **metadata: Scalar
    ) -> Finding:
        """Make a finding; without a remediation of its own it has that of the check, unless it passed."""
        known = {**metadata, "object": object_}
        if not remediation and level not in (Level.PASSED, Level.INFO):
            remediation = filled(self.info.help, known)
        return Finding(
            check=self.info.name,
            object=object_,
            level=level,
            detail=detail,
            remediation=remediation,
            metadata=tuple(metadata.items()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeCheck:
    """A check that one query cannot ask. ``text`` is its module's source.

    ``without_server`` says that it has something to say even where the server cannot be reached.
    """

    info: CheckInfo
    examine: Callable[[Ground], Iterable[Finding]]
    text: str
    without_server: bool = False


Check = SqlCheck | ProbeCheck
