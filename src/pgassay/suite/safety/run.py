"""A run of test files on production: one category after the other, in the order of safety, with a pause.

The next category begins only if the one before it was green, unless told otherwise. The evidence of all
files is linked into one chain here, in the order in which they end, and closed by that of the run.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from pgassay.model.events.suite import FileFinished, FileRetried, RunFinished, RunStarted, SuiteEvent
from pgassay.model.evidence import Chain, Claim, RunEvidence, Standing
from pgassay.model.suite import FileResult, Outcome, Problem, Run, TestFile, Trouble, safety_rank
from pgassay.pg.clock import monotonic, now, pause
from pgassay.suite.crew import Crew, Orders
from pgassay.suite.hearing import never_started
from pgassay.suite.run import Ending, work
from pgassay.suite.safety.ground import SafeGround
from pgassay.suite.safety.kept import all_gone
from pgassay.suite.safety.watchdog import Watchdog

_GLANCE_S = 0.1
_FAREWELL_GLANCE_S = 0.01
_FAREWELL_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacing:
    """How long to wait between two categories, and whether a red one lets the next begin."""

    pause_s: float
    keep_going: bool = False


@dataclass(slots=True)
class _Tally:
    """What came of the files so far. ``why_not`` says why the next category does not begin."""

    chain: Chain
    ran: int = 0
    vouched: int = 0
    red: bool = False
    bail_out: str | None = None
    why_not: Problem | None = None

    def take(self, event: SuiteEvent) -> SuiteEvent:
        """Count an event, and give it with its evidence linked."""
        match event:
            case FileFinished() | FileRetried():
                final = isinstance(event, FileFinished)
                self.red = self.red or (final and event.result.red)
                return replace(event, result=self._linked(event.result))
            case _:
                return event

    def _linked(self, result: FileResult) -> FileResult:
        if result.evidence is None:
            # A file that was refused, or not run, has sent nothing that evidence could be about.
            self.ran += result.outcome is not Outcome.NOT_RUN and not _refused(result)
            return result
        self.ran += 1
        self.vouched += 1
        return replace(result, evidence=self.chain.link(result.evidence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a run goes: what its workers are told, what they work on, what ends it, and at which pace.

    ``endings`` is what became of each transaction that was kept for pgTAP.
    """

    orders: Orders
    grounds: tuple[SafeGround, ...]
    ending: Ending
    pacing: Pacing
    watchdog: Watchdog
    endings: list[str]


def run_safely(run: Run, course: Course) -> Iterator[SuiteEvent]:
    """Run the files of ``run``.

    Yields what :func:`pgassay.suite.run.run` yields, with the evidence of each file and of the run.
    """
    started = monotonic()
    tally, ending = _Tally(Chain(str(run.id))), course.ending
    yield RunStarted(run=run)
    for number, (category, files) in enumerate(_by_category(run.files)):
        if number and tally.why_not is None:
            _wait(ending, course.pacing.pause_s)
        yield from _category(files, course, tally)
        if tally.red and not course.pacing.keep_going and tally.why_not is None:
            said = f"Not run: the category {category} failed, and it comes first (--keep-going goes on)."
            tally.why_not = Problem(trouble=Trouble.FAILED_TESTS, message=said)
    closing = RunEvidence(at=now().isoformat(), claims=_claims(tally, course))
    yield RunFinished(
        at=now(),
        elapsed_s=monotonic() - started,
        interrupted=ending.interrupted,
        out_of_time=ending.out_of_time,
        bail_out=tally.bail_out,
        evidence=tally.chain.link(closing),
    )


def in_order(files: tuple[TestFile, ...]) -> list[TestFile]:
    """Give the files in the order of safety, by their categories."""
    return sorted(files, key=lambda file: (safety_rank(file.category), file.category))


def _by_category(files: tuple[TestFile, ...]) -> list[tuple[str, tuple[TestFile, ...]]]:
    grouped = groupby(in_order(files), key=lambda file: file.category)
    return [(name, tuple(group)) for name, group in grouped]


def _category(files: tuple[TestFile, ...], course: Course, tally: _Tally) -> Iterator[SuiteEvent]:
    crew = Crew(files, course.orders, course.grounds)
    if tally.why_not is None and course.ending.glance():
        tally.why_not = course.ending.reason(crew)
    if tally.why_not is not None:
        for file in files:
            yield FileFinished(result=never_started(file, tally.why_not, at=now()))
        return
    for event in work(crew, course.ending):
        yield tally.take(event)
    tally.bail_out = crew.bail_out
    if tally.bail_out is not None or course.ending.cut_short:
        tally.why_not = course.ending.reason(crew)


def _wait(ending: Ending, pause_s: float) -> None:
    """Let the target breathe, but look up meanwhile."""
    until = monotonic() + pause_s
    while (left := until - monotonic()) > 0 and not ending.glance():
        pause(min(left, _GLANCE_S))


def _claims(tally: _Tally, course: Course) -> tuple[Claim, ...]:
    kept = (all_gone(course.endings),) if course.endings else ()
    return (_all_vouched(tally), _no_session_left(course.watchdog), _watched(course.watchdog), *kept)


def _all_vouched(tally: _Tally) -> Claim:
    missing = tally.ran - tally.vouched
    return Claim(
        name="every file that ran has its evidence",
        standing=Standing.NOT_VERIFIED if missing else Standing.VERIFIED,
        detail=f"{tally.vouched} of {tally.ran} have",
    )


def _no_session_left(watchdog: Watchdog) -> Claim:
    """Sessions end a moment after they were closed, so that is waited for."""
    name, until = "no session is left", monotonic() + _FAREWELL_S
    while left := watchdog.left_sessions():
        if monotonic() >= until:
            shown = ", ".join(map(str, left))
            return Claim(name=name, standing=Standing.VIOLATED, detail=f"still there: {shown}")
        pause(_FAREWELL_GLANCE_S)
    if left is None:
        return Claim(name=name, standing=Standing.NOT_VERIFIED, detail=watchdog.tripped)
    return Claim(name=name, standing=Standing.VERIFIED, detail="all that ran files have ended")


def _watched(watchdog: Watchdog) -> Claim:
    name = "the watchdog saw it all"
    if watchdog.tripped:
        return Claim(name=name, standing=Standing.NOT_VERIFIED, detail=watchdog.tripped)
    return Claim(name=name, standing=Standing.VERIFIED, detail="from the first file to the last")


def _refused(result: FileResult) -> bool:
    return any(problem.trouble is Trouble.REFUSED for problem in result.problems)
