"""Checks of performance on data that stay as they are, so every alarm is false; and one that is not."""

from dataclasses import dataclass, field
from statistics import mean

from pgassay.flows.demo.run import HOME
from pgassay.perf.session import session
from pgassay.perf.workload import read_workload
from scene import Scene
from suite import Measured, measured

HISTORY = 10
_AVERAGE_OF = 10
_SLOWER = 1.2
_HARM, _HARMED = "drop index crm.contacts_page_idx", "contact_queries.paginated_results"


@dataclass
class Alarms:
    """What one way came to: how many checks cried, of what, and whether the real regression was seen.

    ``judged`` is how often a time was compared at all.
    """

    measured: Measured = field(default_factory=Measured)
    checks: int = 0
    red: int = 0
    judged: int = 0
    statements: int = 0
    alarms: list[str] = field(default_factory=list)
    seen: bool = False


def alarms(scene: Scene, *, checks: int) -> dict[str, Alarms]:
    """Check in turn, over and over; then harm what the statements need, and check once more."""
    found = {_PGASSAY: Alarms(), _AVERAGES: Alarms()}
    averages = _Averages(scene)
    scene.pgassay("perf", "baseline", "--by", "bench", "--why", "bench")
    for _ in range(HISTORY):
        scene.pgassay("perf", "collect")
    averages.check()
    for _ in range(checks):
        for name in found:
            with measured(scene.server, found[name].measured):
                cried, judged = averages.check() if name == _AVERAGES else _checked(scene)
            _note(found[name], cried, judged, averages.statements)
    scene.ask(_HARM)
    found[_PGASSAY].seen = _HARMED in _checked(scene)[0]
    found[_AVERAGES].seen = _HARMED in averages.check()[0]
    return found


def _note(into: Alarms, cried: list[str], judged: int, statements: int) -> None:
    into.checks += 1
    into.judged += judged
    into.statements += statements
    into.red += bool(cried)
    into.alarms += cried


def _checked(scene: Scene) -> tuple[list[str], int]:
    """Run ``perf check``; give the statements that it warns of, and how many times it judged."""
    document = scene.document("perf", "check", expected=(0, 1))
    judgements = document["judgements"]
    assert isinstance(judgements, list)
    cried = {each["query"]: None for each in judgements if each["grade"] in ("WARNING", "CRITICAL")}
    judged = [each for each in judgements if each["aspect"] == "time" and each["grade"] != "NOT JUDGED"]
    return [*cried], len(judged)


class _Averages:
    """What is often done: the average of ten, held against the one before. Over a warm connection, even."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._queries = read_workload((str(HOME / "workload"),))
        self._before: dict[str, float] = {}

    @property
    def statements(self) -> int:
        return len(self._queries)

    def check(self) -> tuple[list[str], int]:
        """Measure; give the statements whose average is more than 1.2 times that of before, and how many."""
        with session(self._scene.live, timeout_s=30.0) as opened:
            found = {each.name: mean(opened.time(each) for _ in range(_AVERAGE_OF)) for each in self._queries}
        slower = [name for name, each in found.items() if each > _SLOWER * self._before.get(name, each)]
        self._before = found
        return slower, len(found)


_PGASSAY, _AVERAGES = "pgassay perf check", "average of 10 > 1.2 x the last"
